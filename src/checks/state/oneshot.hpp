// SPDX-License-Identifier: MIT
// Judges a oneshot by its last run: one of this boot if the boot pulls the unit in, one of any boot
// if a timer or another trigger starts it.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the finding of a oneshot that is running, or inactive between two runs. The unit must
// have been seen.
Finding last_run(View& see, const Unit& unit);
}  // namespace checklist::checks
