// SPDX-License-Identifier: MIT
// A command that must come to its end.
#pragma once
#include <string>
#include <vector>

namespace checklist::ctl {
// Executes it without a shell, found in PATH, with our stdin and output, and waits. An interrupt or
// a lost terminal reaches neither us nor it, and SIGTERM to us is ignored until it has ended.
// "exited with 0", "was killed by KILL", "could not be executed: No such file or directory"
std::string execute(const std::vector<std::string>& command);
}  // namespace checklist::ctl
