// SPDX-License-Identifier: MIT
// Calendar events of systemd.time(7), as the manager prints them: "*-*-* *:00/5:00".
#pragma once
#include <optional>
#include <string_view>

#include "checklist/time.hpp"

namespace checklist::semantics {
// Returns a bound of the time between two elapses of a calendar event: none is further apart, but
// for a change of daylight saving time. Nothing for an event that does not come again, such as one
// of a single year, or that is not understood.
std::optional<Duration> longest_pause(std::string_view event);
}  // namespace checklist::semantics
