// SPDX-License-Identifier: MIT
// The one clock inside: CLOCK_MONOTONIC, the clock of systemd's *TimestampMonotonic properties.
// Wall time exists only in the state file, in metrics and in texts.
#pragma once
#include <chrono>
#include <cstdint>

namespace checklist {
using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::microseconds;
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

// From a systemd timestamp property (µs of CLOCK_MONOTONIC). 0 and UINT64_MAX mean "never": ask
// first.
constexpr TimePoint monotonic(std::uint64_t usec) {
  return TimePoint{std::chrono::microseconds{static_cast<std::int64_t>(usec)}};
}

constexpr bool is_set(std::uint64_t usec) {
  return usec != 0 && usec != UINT64_MAX;
}
}  // namespace checklist
