// SPDX-License-Identifier: MIT
// The directives that limit what a unit may use (systemd.resource-control(5), systemd.exec(5)).
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks {
std::span<const Directive> limit_directives();

// Whether a process's limits are at least those that its unit has: the hard one the same, the soft
// one no lower, since programs raise it themselves (setrlimit(2)).
bool is_in_force(const Directive& directive, const Limit& shown, const Limit& configured);
}  // namespace checklist::checks
