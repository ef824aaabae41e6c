// SPDX-License-Identifier: MIT
// What the daemon itself keeps: known specs, and the reports of users' instances.
#pragma once
#include <compare>
#include <map>
#include <optional>
#include <string>

#include "checklist/time.hpp"

namespace checklist {
// The units that had a spec when we last ran, and those that `forget` has not dropped: unit → was
// enabled.
struct KnownSpecsKey {
  using Fact = std::map<std::string, bool>;
  auto operator<=>(const KnownSpecsKey&) const = default;
};

// When the instance of that user last published its report here; never: not yet since `since`.
struct Publisher {
  TimePoint since;  // when we began to wait
  std::optional<TimePoint> last_report;
  bool operator==(const Publisher&) const = default;
};

struct PublisherKey {
  std::string user;
  using Fact = Publisher;
  auto operator<=>(const PublisherKey&) const = default;
};
}  // namespace checklist
