// SPDX-License-Identifier: MIT
#include "ctl/link/report_follower.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "ctl/link/daemon_report.hpp"
#include "render/report_json.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr auto retry_interval = 500ms;
constexpr auto longest_poll = 60s;  // the most that the daemon waits
constexpr long answer_seconds = 10;
constexpr long poll_seconds = 70;  // longer than the daemon waits
}  // namespace

ReportFollower::ReportFollower(std::string socket)
    : socket_(std::move(socket)), multi_(curl_multi_init(), curl_multi_cleanup) {}

ReportFollower::~ReportFollower() {
  if (request_) {
    curl_multi_remove_handle(multi_.get(), request_->handle());
  }
}

void ReportFollower::start() {
  request_ = std::make_unique<Request>(socket_, std::string(report_path) + "?wait=60s",
                                       etag_.empty() ? answer_seconds : poll_seconds, etag_);
  curl_multi_add_handle(multi_.get(), request_->handle());
}

bool ReportFollower::finish(CURLcode result) {
  curl_multi_remove_handle(multi_.get(), request_->handle());
  const auto request = std::exchange(request_, nullptr);
  std::string error = request->error(result);
  if (error.empty() && !request->unchanged()) {
    render::ParsedReport report = render::parse_report(request->body());
    error = report.mistake;
    if (error.empty()) {
      report_ = std::move(report);
      etag_ = request->etag();
      error_.clear();
      return true;
    }
  }
  if (!error.empty()) {
    next_attempt_ = Clock::now() + retry_interval;
  }
  return std::exchange(error_, error) != error;
}

bool ReportFollower::wait(std::span<const int> descriptors) {
  std::vector<curl_waitfd> others;
  for (const int fd : descriptors) {
    others.push_back({.fd = fd, .events = CURL_WAIT_POLLIN, .revents = 0});
  }
  for (;;) {
    if (!request_ && Clock::now() >= next_attempt_) {
      start();
    }
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
        message != nullptr && message->msg == CURLMSG_DONE && finish(message->data.result)) {
      return true;
    }
    if (!request_ && Clock::now() >= next_attempt_) {
      continue;  // unchanged: ask again at once
    }
    const auto timeout = request_
                             ? Clock::duration(longest_poll)
                             : std::max<Clock::duration>(next_attempt_ - Clock::now(), 0s) + 1ms;
    curl_multi_poll(multi_.get(), others.data(), static_cast<unsigned>(others.size()),
                    static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(timeout).count()),
                    nullptr);
    if (std::ranges::any_of(others, [](const auto& each) { return each.revents != 0; })) {
      return false;
    }
  }
}
}  // namespace checklist::ctl
