// SPDX-License-Identifier: MIT
// The files of StandardInput=, StandardOutput= and StandardError=, which systemd opens as root and
// without the unit's mounts before it executes a command (systemd.exec(5)).
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/made_directories.hpp"
#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding for each file that cannot be opened, or of which that is not known.
Findings unusable_streams(const StartContext& start, const std::vector<MadeDirectory>& made,
                          View& see);

// Returns the files that opening them creates, by where their paths lead on the host.
CreatedFiles created_by_streams(const StartContext& start, FactReader& look);
}  // namespace checklist::checks
