// SPDX-License-Identifier: MIT
// The paths of a service's sandbox that must exist when it starts: without "-", a missing one makes
// the start fail with status 226 (NAMESPACE) (systemd.exec(5)).
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/made_directories.hpp"
#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding for each path that is missing, or of which that is not known.
Findings missing_sandbox_paths(const StartContext& start, const std::vector<MadeDirectory>& made,
                               View& see);
}  // namespace checklist::checks
