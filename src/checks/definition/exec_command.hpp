// SPDX-License-Identifier: MIT
// The commands of a service's loaded definition, and whether their programs are executable.
// Arguments are not kept: they may contain secrets.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
struct ExecCommand {
  std::string path;       // the program; a bare name is resolved at the start
  bool may_fail = false;  // prefix "-": its failure is ignored
  std::uint64_t pid = 0;  // of its last process; 0 after a daemon-reload
};

// Returns the commands of a property: "ExecStart", "ExecStartPre", … (org.freedesktop.systemd1(5)).
std::vector<ExecCommand> exec_commands(View& see, const std::string& name);

// Returns whether the unit's mounts may put other files at a path than the host has.
bool sees_other_files(View& see);

// Returns a finding for each program that is missing, not executable or unseen; nothing if
// sees_other_files().
Findings unusable_programs(View& see);
}  // namespace checklist::checks
