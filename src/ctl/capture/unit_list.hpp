// SPDX-License-Identifier: MIT
// Lists the units of a service manager.
#pragma once
#include <optional>

#include "capture/selection.hpp"

namespace checklist::ctl {
// Returns the unit files and the loaded units, of the system or of the caller's own manager;
// nothing if the manager has not answered within 30 s.
std::optional<capture::UnitList> unit_list(bool user);
}  // namespace checklist::ctl
