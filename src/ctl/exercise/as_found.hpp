// SPDX-License-Identifier: MIT
// The plan of an exercise: how its units are found.
#pragma once
#include <string>

#include "checklist/exercise_plan.hpp"

#include "ctl/exercise/affected_units.hpp"
#include "ctl/exercise/unit_links.hpp"

namespace checklist::ctl {
// Returns the plan for a unit as it is now, without who exercises it and in which boot.
ExercisePlan plan_of(const std::string& unit, const Affected& affected, const ObservedUnits& units,
                     const LinkDirectories& directories);

// Return why a step is not done; empty if it is.
std::string no_mask(const ObservedUnit& unit, const LinkDirectories& directories);
std::string no_toggle(const ObservedUnit& unit, const LinkDirectories& directories);
}  // namespace checklist::ctl
