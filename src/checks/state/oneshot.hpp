// SPDX-License-Identifier: MIT
// A oneshot is what its last run was: of this boot if the boot was to run it, of any boot if a
// timer or another trigger starts it.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Of a oneshot between two runs, or at work on one. The unit must have been seen.
Finding last_run(View& see, const Unit& unit);
}  // namespace checklist::checks
