// SPDX-License-Identifier: MIT
// Findings to results: what a check's status was before, since when, and how often it turned.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::engine {
class Turns {
 public:
  using Tracks =
      std::map<std::string, std::map<std::string, Track>>;  // by unit (empty: the host), then check

  // `manager` as in ServiceReport.
  explicit Turns(std::string manager) : manager_(std::move(manager)) {}

  // Takes over what a former process, or a former configuration, left.
  void resume(Tracks tracks, std::vector<Change> changes);

  // A check that has an answer. The first one after none at all is no change. `former` is its last
  // result, null if there is none.
  CheckResult answered(const std::string& unit, std::string_view check, Findings findings,
                       const CheckResult* former, WallTime now);
  // A check that still waits for facts: it stays what it was, unknown if it was nothing.
  [[nodiscard]] CheckResult pending(const std::string& unit, std::string_view check,
                                    const CheckResult* former, WallTime now) const;

  [[nodiscard]] const std::deque<Change>& changes() const { return changes_; }  // newest first

  // Counts the statuses that came to be or changed: while it stays, no track is another.
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  [[nodiscard]] const Track* resumed(const std::string& unit, std::string_view check) const;

  std::string manager_;
  Tracks resumed_;
  std::deque<Change> changes_;
  std::uint64_t count_ = 0;
};

// Of a check whose facts did not come in time.
Findings unanswered();
}  // namespace checklist::engine
