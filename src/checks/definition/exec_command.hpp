// SPDX-License-Identifier: MIT
// The commands of a service as its definition in force names them, and whether their programs can
// be executed. Their arguments are nobody's business: they may hold secrets.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
struct ExecCommand {
  std::string path;       // of the program; a bare name is looked for when it is started
  bool may_fail = false;  // "-": its failure is none of the unit's
  std::uint64_t pid = 0;  // of its last process, forgotten with a reload
};

// Of "ExecStart", "ExecStartPre", … (org.freedesktop.systemd1(5)).
std::vector<ExecCommand> exec_commands(View& see, const std::string& name);

// Whether its processes find other files at a path than we do.
bool sees_other_files(View& see);

// What keeps the next start from executing its programs, and what could not be looked at; nothing
// when all is well, or when the unit has another root or other files than we see.
Findings unusable_programs(View& see);
}  // namespace checklist::checks
