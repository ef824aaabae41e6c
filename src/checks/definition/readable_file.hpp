// SPDX-License-Identifier: MIT
// Whether a unit's processes can read a file: as their user, and through the unit's mounts.
#pragma once
#include <optional>
#include <string>

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding if something is in the way of the running processes, or of those of the next
// start if the unit is not running; nothing if they can read the file, or list and search the
// directory. A unit that is not loaded has no processes.
std::optional<Finding> unreadable(const std::string& path, View& see);
}  // namespace checklist::checks
