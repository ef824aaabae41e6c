// SPDX-License-Identifier: MIT
// What the privileges of a program's file make of its execution (capabilities(7)).
#pragma once
#include <optional>

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns an obstacle if execve(2) fails (EPERM): the file has the effective bit and a capability
// that CapabilityBoundingSet= takes away.
std::optional<Obstacle> lost_capabilities(const PathLookup& program, Privileges with,
                                          FactReader& look);

// Returns whether the program is executed in the secure-execution mode of ld.so(8), with more than
// the privileges of its caller: by the set-user-ID bit, the set-group-ID bit, or file capabilities.
bool is_secure_execution(const PathLookup& program, const semantics::Credentials& who,
                         Privileges with, FactReader& look);
}  // namespace checklist::checks
