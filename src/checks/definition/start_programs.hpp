// SPDX-License-Identifier: MIT
// Whether the next start can execute a service's programs, with their interpreters and shared
// libraries, as execve(2) and ld.so(8) decide.
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding for each program that cannot be executed, or of which that is not known.
Findings unusable_programs(const StartContext& start, View& see);
}  // namespace checklist::checks
