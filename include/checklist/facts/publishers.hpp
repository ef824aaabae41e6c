// SPDX-License-Identifier: MIT
// Facts that the daemon itself keeps: known specs, and reports of users' instances.
#pragma once
#include <chrono>
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "checklist/time.hpp"

namespace checklist {
// The units that had a spec in this or an earlier run and were not removed by `checklistctl
// forget`, each with whether it was enabled.
struct KnownSpecsKey {
  using Fact = std::map<std::string, bool>;
  auto operator<=>(const KnownSpecsKey&) const = default;
};

// A user's instance repeats its report every ten seconds.
constexpr Duration user_report_valid_for = std::chrono::seconds(30);

// When that user's instance last reported; without a value: not since `since`.
struct Publisher {
  TimePoint since;  // when waiting began
  std::optional<TimePoint> last_report;
  std::set<std::string> failed_units{};  // that fail the user's own check of failed units
  bool operator==(const Publisher&) const = default;
};

struct PublisherKey {
  std::string user;
  using Fact = Publisher;
  auto operator<=>(const PublisherKey&) const = default;
};
}  // namespace checklist
