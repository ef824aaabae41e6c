// SPDX-License-Identifier: MIT
// Finds the files of a unit's definition that a reboot takes away: those in /run that no generator
// makes.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns whether a file of a unit is gone after a reboot: it is in /run, and neither a generator,
// nor a program that makes transient units, nor the boot itself wrote it.
bool is_lost_at_reboot(FactReader& look, const std::string& path);

// Returns whether the next boot does not know the unit: its fragment is gone, and covers no other.
bool is_unit_lost_at_reboot(FactReader& look, const std::string& unit);

// Returns a failure for each fragment or drop-in of the unit that is gone after a reboot.
Findings runtime_files(View& see);
}  // namespace checklist::checks
