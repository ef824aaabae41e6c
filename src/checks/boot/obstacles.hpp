// SPDX-License-Identifier: MIT
// What keeps a unit from starting at boot even if its target starts it.
#pragma once
#include <optional>
#include <string>

#include "checklist/finding.hpp"

#include "checks/boot/boot_path.hpp"

namespace checklist::checks {
// Returns a failure if the unit is masked, or has no unit file after a reboot.
std::optional<Finding> blocked(FactReader& look, const Unit& unit, const std::string& expected);

// Returns a failure, or unknown, for each of these: a unit file that is on a file system mounted
// later, a condition that is not met, an ordering cycle.
Findings prevented(View& see, const Unit& unit, const BootPath& path, StartedBy by);
}  // namespace checklist::checks
