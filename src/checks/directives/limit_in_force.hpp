// SPDX-License-Identifier: MIT
// What the kernel enforces of a unit's resource limits: of its main process by /proc/PID, of all of
// them by the files of its cgroup.
#pragma once
#include "checks/directives/directives_held.hpp"

namespace checklist::checks {
std::optional<Observed<Evidence>> limit_in_force(View& see, const Directive& directive,
                                                 const Setting& wanted, const Running& runs);
}  // namespace checklist::checks
