// SPDX-License-Identifier: MIT
// Parses /proc/PID/cgroup (cgroups(7)).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace checklist::parse {
// Returns the path in the unified hierarchy, such as "/system.slice/x.service"; nothing if there is
// none. The kernel's suffix " (deleted)" of a removed cgroup is dropped.
std::optional<std::string> unified_cgroup(std::string_view text);
}  // namespace checklist::parse
