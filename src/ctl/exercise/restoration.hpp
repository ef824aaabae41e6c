// SPDX-License-Identifier: MIT
// Has the host as an exercise found it.
#pragma once
#include <string>
#include <vector>

#include "checklist/exercise_plan.hpp"

#include "ctl/exercise/systemctl.hpp"
#include "ctl/exercise/unit_links.hpp"

namespace checklist::ctl {
struct Restoring {
  LinkDirectories directories;
  std::string boot_id;  // the present one
  Duration longest;     // for a start or a stop
};

// Starts that the unit had before do not count for StartLimitBurst= any more: a start of an
// exercise must not be refused because of others.
void forget_starts(Systemctl& systemctl, const std::string& unit, Duration longest);

// Restores masks, links and states, in this order; all of it is tried. Returns what could not be
// restored. After a reboot, units are as the boot has them, and only links are restored.
std::vector<std::string> restore(const ExercisePlan& plan, const Restoring& how,
                                 Systemctl& systemctl);

// Returns the units that are not as they were found: "x.service is failed". Nothing after a reboot.
std::vector<std::string> not_as_found(const ExercisePlan& plan, const Restoring& how,
                                      Systemctl& systemctl);
}  // namespace checklist::ctl
