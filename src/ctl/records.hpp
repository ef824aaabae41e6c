// SPDX-License-Identifier: MIT
// Where checklistctl writes down what the daemon reads.
#pragma once
#include <string>
#include <system_error>

namespace checklist::ctl {
// Of the system's daemon, or of this user's own.
std::string records_directory(bool user);

// Why a record could not be written, and what to do.
void tell_unwritten(const std::system_error& error, bool user);
}  // namespace checklist::ctl
