// SPDX-License-Identifier: MIT
// What unit files say, as if it had been seen: captures units without a service manager.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"

#include "capture/captured_unit.hpp"

namespace checklist::capture {
struct UnitOnDisk {
  std::vector<UnitFile> files;    // the unit file, then its drop-ins in the order of their names
  std::set<std::string> aliases;  // links that lead to it
  std::set<std::string> linked;   // units in whose .wants, .requires or .upholds directory it is
  bool masked = false;            // its file is a link to /dev/null
};

using UnitsOnDisk = std::map<std::string, UnitOnDisk>;  // by name

// Returns what the files say of the unit, which must be among `all`. Values with specifiers (%i)
// are left out, and so are dependencies on units that are not among `all`.
CapturedUnit captured_on_disk(const std::string& unit, const UnitsOnDisk& all);
}  // namespace checklist::capture
