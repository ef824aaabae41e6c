// SPDX-License-Identifier: MIT
// What systemd-analyze(1) prints.
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/manager.hpp"

namespace checklist::parse {
// Of `systemd-analyze security UNIT`: "→ Overall exposure level for x.service: 9.2 UNSAFE".
std::optional<double> exposure(std::string_view text);

// Of `systemd-analyze syscall-filter`: a group's name, then its members, indented; a member may be
// a group. In what is returned there are system calls only.
SyscallGroupsKey::Fact syscall_groups(std::string_view text);
}  // namespace checklist::parse
