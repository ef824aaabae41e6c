// SPDX-License-Identifier: MIT
// The file from which the next boot would load a unit, looked for along the search path.
#pragma once
#include <string>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
struct UnitOnDisk {
  std::string path;       // empty if there is none
  std::string target;     // the path with all links resolved; empty if a link leads nowhere
  bool is_there = false;  // a file, not a mask and not a link that leads nowhere
};

// Returns the first file of that name outside /run.
UnitOnDisk unit_on_disk(FactReader& look, const std::string& name);

// Returns the directory for unit files that outlast a reboot, as a hint names it.
inline std::string lasting_directory(const Spec& spec) {
  return spec.user.empty() ? "/etc/systemd/system" : "~/.config/systemd/user";
}
}  // namespace checklist::checks
