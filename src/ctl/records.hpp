// SPDX-License-Identifier: MIT
// Paths of the instance that a command addresses, and errors of writing its records.
#pragma once
#include <string>
#include <system_error>

#include "config/paths.hpp"

namespace checklist::ctl {
// Returns the paths of the system's instance, or of the current user's.
config::Paths own_paths(bool user);

// Returns the user who calls: sudo(8) sets SUDO_USER.
std::string invoking_user();

// Prints why a record could not be written.
void print_write_error(const std::system_error& error, bool user);
}  // namespace checklist::ctl
