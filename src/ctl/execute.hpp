// SPDX-License-Identifier: MIT
// Runs a command to completion; signals do not interrupt it.
#pragma once
#include <string>
#include <vector>

namespace checklist::ctl {
// Executes `command` without a shell, looked up in PATH, with the caller's stdin and output, and
// waits for it. Both processes ignore SIGINT, SIGQUIT and SIGHUP; the caller also ignores SIGTERM.
// Returns "exited with 0", "was killed by KILL" or "could not be executed: No such file or
// directory".
std::string execute(const std::vector<std::string>& command);
}  // namespace checklist::ctl
