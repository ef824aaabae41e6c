// SPDX-License-Identifier: MIT
// How a unit's run ended, in words: results, exit codes and signals by name.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/facts/history.hpp"

namespace checklist::semantics {
// "KILL" of 9; the number itself when it has no name (signal(7)).
std::string signal_name(int signal);

// "EXEC" of 203: what systemd's own codes mean (systemd.exec(5), "Process Exit Codes"); empty of a
// program's own.
std::string_view exit_code_name(int status);

// "exit-code, exited with 203 (EXEC)", "signal, killed by KILL", "start-limit-hit"
std::string outcome(const Run& run);
}  // namespace checklist::semantics
