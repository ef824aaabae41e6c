// SPDX-License-Identifier: MIT
// Facts that the daemon itself keeps: known specs, and reports of users' instances.
#pragma once
#include <compare>
#include <map>
#include <optional>
#include <string>

#include "checklist/time.hpp"

namespace checklist {
// The units that had a spec in this or an earlier run and were not removed by `checklistctl
// forget`, each with whether it was enabled.
struct KnownSpecsKey {
  using Fact = std::map<std::string, bool>;
  auto operator<=>(const KnownSpecsKey&) const = default;
};

// When that user's instance last reported; without a value: not since `since`.
struct Publisher {
  TimePoint since;  // when waiting began
  std::optional<TimePoint> last_report;
  bool operator==(const Publisher&) const = default;
};

struct PublisherKey {
  std::string user;
  using Fact = Publisher;
  auto operator<=>(const PublisherKey&) const = default;
};
}  // namespace checklist
