// SPDX-License-Identifier: MIT
// Names of exit codes and signals, and the outcome of a unit's run.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/facts/history.hpp"

namespace checklist::semantics {
// Returns "KILL" for 9; the number itself if it has no name (signal(7)).
std::string signal_name(int signal);

// Returns the name of one of systemd's own codes, "EXEC" for 203 (systemd.exec(5), "Process Exit
// Codes"); empty for other codes.
std::string_view exit_code_name(int status);

// Returns "exit-code, exited with 203 (EXEC)", "signal, killed by KILL" or "start-limit-hit".
std::string outcome(const Run& run);
}  // namespace checklist::semantics
