// SPDX-License-Identifier: MIT
// Figures about the engine and the units that it observes. They are not part of the report, and are
// read at each scrape.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/duration_total.hpp"
#include "checklist/facts/journal.hpp"
#include "checklist/time.hpp"

namespace checklist {
// The state of one observer.
struct ObserverFigures {
  std::string name;  // the label `observer`
  bool up = false;   // at least one of its facts has a value
  std::optional<WallTime> last_success;
  std::optional<Duration> duration;  // of its last complete read
};

// A unit's resource usage from its cgroup; a value is unset if its controller is not enabled.
struct Usage {
  std::optional<std::uint64_t> memory_bytes{};
  std::optional<std::uint64_t> tasks{};
  std::optional<Duration> cpu{};
  bool operator==(const Usage&) const = default;
};

struct EngineFigures {
  bool bus_up = false;
  std::uint64_t bus_reconnects = 0;
  std::uint64_t signals = 0;
  std::uint64_t evaluations = 0;
  std::optional<DurationTotal> evaluation_duration{};
  std::vector<ObserverFigures> observers{};
  std::string manager = "system";  // of the units below, as in ServiceReport
  // By the spec's unit.
  std::map<std::string, DurationTotal> probes{};
  std::map<std::string, Usage> usages{};
  std::map<std::string, MessageCounts> messages{};  // of units with a check that counts them
};
}  // namespace checklist
