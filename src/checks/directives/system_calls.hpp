// SPDX-License-Identifier: MIT
// Resolves SystemCallFilter= (systemd.exec(5)).
#pragma once
#include <map>
#include <set>
#include <string>

#include "checks/directives/setting.hpp"

namespace checklist::checks {
// Returns the system calls that the filter allows, with the groups of this systemd.
NameSet resolve_system_calls(const Assignments& filter,
                             const std::map<std::string, std::set<std::string>>& groups);
}  // namespace checklist::checks
