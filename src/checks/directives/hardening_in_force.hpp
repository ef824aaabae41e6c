// SPDX-License-Identifier: MIT
// The hardening that the kernel enforces on a unit's main process, by /proc/PID/status and its
// mounts.
#pragma once
#include "checks/directives/evaluate_directives.hpp"

namespace checklist::checks {
std::optional<Observed<RuntimeValue>> hardening_in_force(View& see, const Directive& directive,
                                                         const Setting& wanted,
                                                         const Running& runs);

// Returns whether these mounts enforce the directive; nothing if it is not enforced by mounts.
std::optional<RuntimeValue> shown_by_mounts(const std::vector<Mount>& mounts,
                                            const Directive& directive, const Setting& wanted);
}  // namespace checklist::checks
