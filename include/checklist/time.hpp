// SPDX-License-Identifier: MIT
// The daemon's only clock: CLOCK_MONOTONIC, the clock of systemd's *TimestampMonotonic properties.
// Wall time exists only in the state file, in metrics and in texts.
#pragma once
#include <chrono>
#include <cstdint>

namespace checklist {
using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::microseconds;
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

// Converts a systemd timestamp property (µs of CLOCK_MONOTONIC). Must be called only if is_set().
constexpr TimePoint monotonic(std::uint64_t usec) {
  return TimePoint{std::chrono::microseconds{static_cast<std::int64_t>(usec)}};
}

// Returns whether a timestamp property is set: 0 and UINT64_MAX mean "never".
constexpr bool is_set(std::uint64_t usec) {
  return usec != 0 && usec != UINT64_MAX;
}
}  // namespace checklist
