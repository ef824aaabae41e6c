// SPDX-License-Identifier: MIT
// What changes without a verdict: rendered at the scrape, no part of the report.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/journal.hpp"
#include "checklist/time.hpp"

namespace checklist::render {
// One observer's own health; `name` is the label `observer`.
struct ObserverFigures {
  std::string name;
  bool up = false;
  std::optional<WallTime> last_success;
  std::optional<Duration> duration;  // of its last look
};

// How long something took: how many lasted at most so long, in growing order; the rest is in
// `count` alone.
struct DurationFigures {
  std::vector<std::pair<Duration, std::uint64_t>> at_most;
  std::uint64_t count = 0;
  Duration sum{};
};

struct ProbeFigures {
  std::string unit;
  std::string manager;
  DurationFigures duration;
};

// What a unit uses, by its cgroup; unset: its controller is not enabled.
struct UsageFigures {
  std::string unit;
  std::string manager;
  std::optional<std::uint64_t> memory_bytes{};
  std::optional<std::uint64_t> tasks{};
  std::optional<Duration> cpu{};
};

// How many messages of a unit were counted in the journal.
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
  // process_*, from /proc/self; -1: could not be read
  double cpu_seconds = -1;
  double resident_bytes = -1;
  double virtual_bytes = -1;
  double open_fds = -1;
  double max_fds = -1;
  double start_time_seconds = -1;
};
}  // namespace checklist::render
