// SPDX-License-Identifier: MIT
// Whether the processes of the next start can enter WorkingDirectory= (systemd.exec(5)).
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/made_directories.hpp"
#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding if they cannot, or if that is not known.
Findings unusable_working_directory(const StartContext& start,
                                    const std::vector<MadeDirectory>& made, View& see);
}  // namespace checklist::checks
