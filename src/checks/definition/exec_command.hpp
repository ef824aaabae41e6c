// SPDX-License-Identifier: MIT
// The commands of a service's loaded definition. Arguments are not kept: they may contain secrets.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "checklist/view.hpp"

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
struct ExecCommand {
  std::string path;       // the program; a bare name is resolved at the start
  bool may_fail = false;  // prefix "-": its failure is ignored
  std::uint64_t pid = 0;  // of its last process; 0 after a daemon-reload
};

// Returns the commands of a property: "ExecStart", "ExecStartPre", … (org.freedesktop.systemd1(5)).
std::vector<ExecCommand> exec_commands(View& see, const std::string& name);

// A command that a start executes and whose failure is not ignored.
struct StartCommand {
  std::string path;
  Privileges with = Privileges::user;
  auto operator<=>(const StartCommand&) const = default;
};

// Returns those of ExecCondition=, ExecStartPre=, ExecStart= and ExecStartPost=, each once.
std::vector<StartCommand> start_commands(FactReader& look);

// Returns the least privileges with which one of them is executed; those of the user if there is
// none.
Privileges least_privileges(const std::vector<StartCommand>& commands);
}  // namespace checklist::checks
