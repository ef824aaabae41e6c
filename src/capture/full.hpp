// SPDX-License-Identifier: MIT
// Everything of a unit that a migration should keep, for `capture --full`.
#pragma once
#include "checklist/value.hpp"
#include "checklist/view.hpp"

#include "capture/captured_unit.hpp"

namespace checklist::capture {
// Returns what the view's unit is and has, in force and by its files: texts, and lists of texts.
// Leaves out what differs at each start: arguments, environment, processes, times.
Dict properties(View& see);

// Returns that together with what was captured for the checks, with each file and each directive
// by its name.
Dict full(const CapturedUnit& unit);
}  // namespace checklist::capture
