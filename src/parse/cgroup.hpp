// SPDX-License-Identifier: MIT
// /proc/PID/cgroup, as cgroups(7) describes it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace checklist::parse {
// The path in the unified hierarchy, "/system.slice/x.service"; nothing if the process is in none.
// A removed cgroup keeps its name, without the kernel's " (deleted)".
std::optional<std::string> unified_cgroup(std::string_view text);
}  // namespace checklist::parse
