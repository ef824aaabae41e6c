// SPDX-License-Identifier: MIT
// A unit's last run, as the unit's own properties report it.
#pragma once
#include <optional>

#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the last run; nothing for a unit that was never started or has been unloaded since, whose
// properties both read as a success.
std::optional<Run> run_in_properties(View& see);
}  // namespace checklist::checks
