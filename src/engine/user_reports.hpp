// SPDX-License-Identifier: MIT
// The reports of users' instances. A stale or missing report is replaced by rows with status
// unknown.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/report.hpp"
#include "checklist/spec.hpp"

namespace checklist::engine {
class UserReports {
 public:
  using Services = std::vector<std::shared_ptr<const ServiceReport>>;

  // Returns whether that differs from what the manager published before.
  bool take(const std::string& manager, Services services, TimePoint now);
  // Marks reports older than 30 s as stale. Returns whether one became stale, or one of `expected`
  // without a report is no longer waited for: 30 s after the first call.
  bool expire_stale(const std::vector<Spec>& expected, TimePoint now);
  [[nodiscard]] std::optional<TimePoint> next_expiry() const;

  // Returns the services of every manager, and a row for each spec of `expected` without a report.
  [[nodiscard]] Services services(const std::vector<Spec>& expected, WallTime wall) const;

 private:
  struct Entry {
    Services services;
    TimePoint heard;
    bool is_stale = false;
  };

  std::map<std::string, Entry> entries_;  // by manager
  std::optional<TimePoint> began_;        // of waiting for those expected, if there are any
  bool has_waited_ = false;
};
}  // namespace checklist::engine
