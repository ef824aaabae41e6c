// SPDX-License-Identifier: MIT
// Judges conditions and asserts of a unit (systemd.unit(5)) that files decide, as the next start
// would find them.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each of the unit's that is not met, and unknown for what could not be seen.
// Says nothing of conditions that no file decides, and of paths in /run, which a boot fills.
Findings unmet_conditions(View& see, const std::string& unit);
}  // namespace checklist::checks
