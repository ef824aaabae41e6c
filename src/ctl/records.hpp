// SPDX-License-Identifier: MIT
// State directories of checklistctl, which the daemon reads, and of checklistd: those of the
// system, or of this user.
#pragma once
#include <string>
#include <system_error>

namespace checklist::ctl {
std::string records_directory(bool user);
std::string daemon_state_directory(bool user);

// Prints why a record could not be written.
void print_write_error(const std::system_error& error, bool user);
}  // namespace checklist::ctl
