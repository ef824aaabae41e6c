// SPDX-License-Identifier: MIT
// Runs a command to completion; signals do not end the caller meanwhile.
#pragma once
#include <string>
#include <vector>

namespace checklist::ctl {
// Whether SIGINT, SIGQUIT and SIGHUP end the command. SIGTERM always does.
enum class Interruption { ignored, possible };

struct Executed {
  std::string how;  // "exited with 0", "was killed by KILL", "could not be executed: …"
  int status;       // as a shell reports it: 128 and the signal's number, 127 if not executed
};

// Executes `command` without a shell, looked up in PATH, with the caller's stdin and output, and
// waits for it. The caller ignores SIGINT, SIGQUIT, SIGHUP and SIGTERM until it ends.
Executed execute(const std::vector<std::string>& command,
                 Interruption interruption = Interruption::ignored);
}  // namespace checklist::ctl
