// SPDX-License-Identifier: MIT
// What the files of /proc/PID say (proc(5)): how a process runs, and what lies where in its mount
// namespace.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "checklist/facts/processes.hpp"

namespace checklist::parse {
// The texts of a process's files.
struct ProcessFiles {
  std::string_view stat;
  std::string_view status;
  std::string_view limits;
  std::string_view oom_score_adj;
};

// How the kernel counts: the ticks of /proc/PID/stat in a second, and how much of the time since
// boot, by which it counts, CLOCK_MONOTONIC has not counted.
struct Clock {
  std::uint64_t ticks_a_second = 100;
  Duration suspended{};
};

// Nothing, if one of them is not what it should be.
std::optional<Process> process(const ProcessFiles& files, const Clock& clock);

// Whether this is still systemd's own child that has not executed the unit's program: it calls
// itself "(program)" while it prepares limits and namespaces, and systemd until then (systemd,
// src/core/execute.c).
bool is_being_prepared(std::string_view stat);

// The lines of /proc/PID/mountinfo in their order; one that cannot be read is left out.
std::vector<Mount> mounts(std::string_view mountinfo);
}  // namespace checklist::parse
