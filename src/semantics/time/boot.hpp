// SPDX-License-Identifier: MIT
// Converts wall times to this boot's clock. Entries of earlier boots are before its beginning.
#pragma once
#include <algorithm>
#include <string>

#include "checklist/time.hpp"

namespace checklist::semantics {
struct Boot {
  std::string id;   // 32 hex digits
  TimePoint began;  // 0 on a machine; later in a container, which shares the host's clock
  WallTime epoch;   // the wall time of TimePoint{}, by today's clocks
  bool operator==(const Boot&) const = default;
};

// Returns a wall time of an earlier boot on this boot's clock, always before the boot began, even
// if the wall clock was ahead then.
inline TimePoint before_boot(WallTime wall, const Boot& boot) {
  const TimePoint moment{wall - boot.epoch};
  return std::min(moment, boot.began - Duration{1});
}

inline WallTime wall_time(TimePoint moment, const Boot& boot) {
  return boot.epoch + std::chrono::duration_cast<Duration>(moment.time_since_epoch());
}
}  // namespace checklist::semantics
