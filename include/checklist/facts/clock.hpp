// SPDX-License-Identifier: MIT
// The wall clock as a fact, because checks read no clock.
#pragma once
#include <compare>

#include "checklist/time.hpp"

namespace checklist {
// The wall-clock time at TimePoint{}, for computing ages. Changes when the clock is set.
struct WallClockKey {
  using Fact = WallTime;
  auto operator<=>(const WallClockKey&) const = default;
};
}  // namespace checklist
