// SPDX-License-Identifier: MIT
// Figures about the daemon and the units that are not part of the report; they are read at each
// scrape.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/journal.hpp"
#include "checklist/time.hpp"

namespace checklist::render {
// The state of one observer.
struct ObserverFigures {
  std::string name;  // the label `observer`
  bool up = false;
  std::optional<WallTime> last_success;
  std::optional<Duration> duration;  // of its last update
};

// A histogram of durations.
struct DurationFigures {
  // The number of durations up to each bound, by ascending bound.
  std::vector<std::pair<Duration, std::uint64_t>> at_most;
  std::uint64_t count = 0;  // of all, including those above the last bound
  Duration sum{};
};

struct ProbeFigures {
  std::string unit;
  std::string manager;
  DurationFigures duration;
};

// A unit's resource usage from its cgroup; a value is unset if its controller is not enabled.
struct UsageFigures {
  std::string unit;
  std::string manager;
  std::optional<std::uint64_t> memory_bytes{};
  std::optional<std::uint64_t> tasks{};
  std::optional<Duration> cpu{};
};

// The journal messages of a unit that were counted.
struct MessageFigures {
  std::string unit;
  std::string manager;
  MessageCounts counts;
};

struct Figures {
  std::string version;
  std::uint64_t specs_loaded = 0;
  bool bus_up = false;
  std::uint64_t bus_reconnects = 0;
  std::uint64_t signals = 0;
  std::uint64_t evaluations = 0;
  std::optional<DurationFigures> evaluation_duration{};
  std::vector<ObserverFigures> observers{};
  std::vector<ProbeFigures> probes{};
  std::vector<UsageFigures> usages{};
  std::vector<MessageFigures> messages{};
  bool config_ok = true;
  WallTime config_loaded;
  Duration longest_turn{};
  // process_*, from /proc/self; -1 if unreadable
  double cpu_seconds = -1;
  double resident_bytes = -1;
  double virtual_bytes = -1;
  double open_fds = -1;
  double max_fds = -1;
  double start_time_seconds = -1;
};
}  // namespace checklist::render
