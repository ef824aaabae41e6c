// SPDX-License-Identifier: MIT
// Judges whether PID 1 may drop the start of a unit at boot to break an ordering cycle.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure, or unknown, about the unit of that canonical name; nothing if no cycle
// concerns it. `starters` are the units by which the boot starts it: without them, neither does it.
std::optional<Finding> cycle_finding(View& see, const std::string& unit,
                                     const std::vector<std::string>& starters);
}  // namespace checklist::checks
