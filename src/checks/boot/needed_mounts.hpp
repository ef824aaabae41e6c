// SPDX-License-Identifier: MIT
// Judges the mounts that a unit needs by RequiresMountsFor= and WantsMountsFor=, which
// StateDirectory=, PrivateTmp= and others imply (systemd.unit(5)).
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each path whose mount is not mounted while the unit is active, or was
// mounted by hand, so that the next boot does not mount it.
Findings needed_mounts(const Unit& unit, View& see);
}  // namespace checklist::checks
