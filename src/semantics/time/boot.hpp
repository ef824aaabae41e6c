// SPDX-License-Identifier: MIT
// A boot, as far as moments need it: entries of earlier boots are told on this boot's clock, where
// they lie before it began.
#pragma once
#include <algorithm>
#include <string>

#include "checklist/time.hpp"

namespace checklist::semantics {
struct Boot {
  std::string id;   // 32 hex digits
  TimePoint began;  // 0 on a machine; later in a container, which shares its host's clock
  WallTime epoch;   // the wall time of TimePoint{}, by today's clocks
  bool operator==(const Boot&) const = default;
};

// On this boot's clock. It keeps the order of what lies before the boot while the wall clock was
// right then; one that was ahead still cannot reach into this boot.
inline TimePoint before_boot(WallTime wall, const Boot& boot) {
  const TimePoint moment{wall - boot.epoch};
  return std::min(moment, boot.began - Duration{1});
}

inline WallTime wall_time(TimePoint moment, const Boot& boot) {
  return boot.epoch + std::chrono::duration_cast<Duration>(moment.time_since_epoch());
}
}  // namespace checklist::semantics
