// SPDX-License-Identifier: MIT
// Whether a program can be executed with the capabilities of its file (capabilities(7)).
#pragma once
#include <optional>

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns an obstacle if execve(2) fails (EPERM): the file has the effective bit and a capability
// that CapabilityBoundingSet= takes away.
std::optional<Obstacle> lost_capabilities(const PathLookup& program, Privileges with,
                                          FactReader& look);
}  // namespace checklist::checks
