// SPDX-License-Identifier: MIT
// The wall clock as a fact, because checks read no clock.
#pragma once
#include <compare>

#include "checklist/time.hpp"

namespace checklist {
// What the wall clock showed at TimePoint{}, so that ages can be told from it; it changes when
// somebody sets the clock.
struct WallClockKey {
  using Fact = WallTime;
  auto operator<=>(const WallClockKey&) const = default;
};
}  // namespace checklist
