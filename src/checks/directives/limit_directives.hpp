// SPDX-License-Identifier: MIT
// The directives that limit what a unit may use (systemd.resource-control(5), systemd.exec(5)).
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks {
std::span<const Directive> limit_directives();

// Returns whether a process has its unit's limits: the same hard limit, and a soft limit that is
// not lower, because programs raise it themselves (setrlimit(2)).
bool is_in_force(const Directive& directive, const Limit& shown, const Limit& configured);
}  // namespace checklist::checks
