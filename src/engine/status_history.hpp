// SPDX-License-Identifier: MIT
// The history of each check's status: since when it holds, how often it changed, and the last
// changes.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::engine {
class StatusHistory {
 public:
  using Tracks =
      std::map<std::string, std::map<std::string, Track>>;  // by unit (empty: the host), then check

  // `manager` as in ServiceReport.
  explicit StatusHistory(std::string manager) : manager_(std::move(manager)) {}

  // Restores what a previous process or configuration left.
  void restore(Tracks tracks, std::vector<Change> changes);

  // Records findings and returns the result. The first findings of a check are no change.
  // `previous` is its last result, null if there is none.
  CheckResult record(const std::string& unit, std::string_view check, Findings findings,
                     const CheckResult* previous, WallTime now);
  // Returns the result of a check that waits for facts: the previous one, or unknown.
  [[nodiscard]] CheckResult pending(const std::string& unit, std::string_view check,
                                    const CheckResult* previous, WallTime now) const;

  [[nodiscard]] const std::deque<Change>& changes() const { return changes_; }  // newest first

  // Increases whenever a status is set for the first time or changes.
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  [[nodiscard]] const Track* restored(const std::string& unit, std::string_view check) const;

  std::string manager_;
  Tracks restored_;
  std::deque<Change> changes_;
  std::uint64_t count_ = 0;
};

// Returns the findings of a check whose facts did not arrive in time.
Findings unanswered();
}  // namespace checklist::engine
