// SPDX-License-Identifier: MIT
// Reads a directory of unit files as systemd would, for hosts whose service manager does not run.
#pragma once
#include <string>

#include "capture/units_on_disk.hpp"

namespace checklist::ctl {
// Returns the services, timers, sockets and paths of the directory: those that are files there, and
// instances that a .wants, .requires or .upholds directory links. A link to another unit is an
// alias. Throws std::filesystem::filesystem_error if the directory cannot be read.
capture::UnitsOnDisk read_units(const std::string& directory);
}  // namespace checklist::ctl
