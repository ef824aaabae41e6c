// SPDX-License-Identifier: MIT
// What the kernel enforces of a unit's hardening: of its main process by /proc/PID/status, and by
// what is mounted for it.
#pragma once
#include "checks/directives/directives_held.hpp"

namespace checklist::checks {
std::optional<Observed<Evidence>> hardening_in_force(View& see, const Directive& directive,
                                                     const Setting& wanted, const Running& runs);

// Whether a process with these mounts is kept out of what the directive closes; nothing, if mounts
// do not tell of this one.
std::optional<Evidence> shown_by_mounts(const std::vector<Mount>& mounts,
                                        const Directive& directive, const Setting& wanted);
}  // namespace checklist::checks
