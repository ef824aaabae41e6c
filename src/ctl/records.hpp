// SPDX-License-Identifier: MIT
// Where checklistctl writes down what the daemon reads, and the daemon what it alone has seen: each
// of the system's, or of this user's own.
#pragma once
#include <string>
#include <system_error>

namespace checklist::ctl {
std::string records_directory(bool user);
std::string daemon_state_directory(bool user);

// Why a record could not be written, and what to do.
void tell_unwritten(const std::system_error& error, bool user);
}  // namespace checklist::ctl
