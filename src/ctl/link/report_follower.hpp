// SPDX-License-Identifier: MIT
// Follows the report of the running daemon by long polls (docs/api.md), also across its restarts.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <curl/curl.h>

#include "checklist/report.hpp"

#include "ctl/link/request.hpp"

namespace checklist::ctl {
class ReportFollower {
 public:
  explicit ReportFollower(std::string socket);
  ReportFollower(const ReportFollower&) = delete;
  ReportFollower& operator=(const ReportFollower&) = delete;
  ~ReportFollower();

  // Waits until the report or the error changes, or one of these descriptors is readable. Returns
  // whether the former is the case.
  bool wait(std::span<const int> descriptors);

  // The last report, also while there is no connection.
  [[nodiscard]] const std::optional<Report>& report() const { return report_; }

  // Why there is no connection; empty if there is one.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  using Clock = std::chrono::steady_clock;

  void start();
  bool finish(CURLcode result);

  std::string socket_;
  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;
  std::unique_ptr<Request> request_;
  Clock::time_point next_attempt_ = Clock::now();
  std::string etag_;
  std::optional<Report> report_;
  std::string error_;
};
}  // namespace checklist::ctl
