// SPDX-License-Identifier: MIT
// The directories of StateDirectory= and its like: whether the next start can make them, and
// whether the running processes may still use theirs (systemd.exec(5)).
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/made_directories.hpp"
#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding for each that something else is in the way of.
Findings unmakeable_directories(const std::vector<MadeDirectory>& made, const StartContext& start,
                                View& see);

// Returns a finding for each that the user of the running service may no longer use. A start would
// give it back; directories that the daemon cannot see are left out.
Findings lost_directories(View& see);
}  // namespace checklist::checks
