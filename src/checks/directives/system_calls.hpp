// SPDX-License-Identifier: MIT
// What SystemCallFilter= means (systemd.exec(5)).
#pragma once
#include <map>
#include <set>
#include <string>

#include "checks/directives/setting.hpp"

namespace checklist::checks {
// What it allows, with groups as this systemd has them.
NameSet resolve_system_calls(const Assignments& demanded,
                             const std::map<std::string, std::set<std::string>>& groups);
}  // namespace checklist::checks
