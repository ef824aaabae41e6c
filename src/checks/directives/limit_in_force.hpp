// SPDX-License-Identifier: MIT
// The resource limits that the kernel enforces: on a unit's main process by /proc/PID, on all of
// its processes by the files of its cgroup.
#pragma once
#include "checks/directives/evaluate_directives.hpp"

namespace checklist::checks {
std::optional<Observed<RuntimeValue>> limit_in_force(View& see, const Directive& directive,
                                                     const Setting& wanted, const Running& runs);
}  // namespace checklist::checks
