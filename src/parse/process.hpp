// SPDX-License-Identifier: MIT
// Parses the files of /proc/PID (proc(5)): the attributes of a process and its mounts.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/processes.hpp"

namespace checklist::parse {
// The contents of the files of the same names.
struct ProcessFiles {
  std::string_view stat;
  std::string_view status;
  std::string_view limits;
  std::string_view oom_score_adj;
};

// Converts the start time in /proc/PID/stat: clock ticks per second (sysconf(3), _SC_CLK_TCK), and
// the time the system was suspended, which CLOCK_MONOTONIC does not count.
struct Clock {
  std::uint64_t ticks_a_second = 100;
  Duration suspended{};
};

// What /proc/PID/stat alone says of a process.
struct ProcessStat {
  TimePoint started;
  bool is_zombie = false;
};

// Returns nothing if the text is malformed.
std::optional<ProcessStat> process_stat(std::string_view stat, const Clock& clock);

// Returns nothing if one of the files is malformed.
std::optional<Process> process(const ProcessFiles& files, const Clock& clock);

// Returns the limits in /proc/PID/limits, by systemd's directive. Malformed lines are skipped.
std::map<std::string, Limit> limits(std::string_view text);

// Returns whether this is systemd's child before it executes the unit's program: its name is
// "(program)" while it sets up limits and namespaces, and "systemd" before that (systemd,
// src/core/execute.c).
bool is_being_prepared(std::string_view stat);

// Returns the mounts in the order of /proc/PID/mountinfo. Malformed lines are skipped.
std::vector<Mount> mounts(std::string_view mountinfo);
}  // namespace checklist::parse
