// SPDX-License-Identifier: MIT
// Parses the output of systemd-analyze(1).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/manager.hpp"

namespace checklist::parse {
// Parses `systemd-analyze security UNIT`: "→ Overall exposure level for x.service: 9.2 UNSAFE".
std::optional<double> exposure(std::string_view text);

// Parses `systemd-analyze syscall-filter`: the name of a group, then its members, indented. Members
// that are groups are expanded: the result contains only system calls. Returns nothing for a text
// of more than 4096 lines, which is another.
SyscallGroupsKey::Fact syscall_groups(std::string_view text);
}  // namespace checklist::parse
