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

// A program that exits at once has done so by then.
constexpr Duration to_fail = std::chrono::seconds(1);

// Restores masks, links and states, in this order; all of it is tried. Returns what could not be
// restored, and which units are not as they were found: "x.service is failed". `may_break`: a unit
// may fail soon after its start. After a reboot, units are as the boot has them, and only links are
// restored.
std::vector<std::string> restore(const ExercisePlan& plan, const Restoring& how,
                                 Systemctl& systemctl, bool may_break);
}  // namespace checklist::ctl
