// SPDX-License-Identifier: MIT
// The symbolic links by which units are enabled, aliased and masked.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "checklist/exercise_plan.hpp"

namespace checklist::ctl {
// Where systemctl(1) makes links: by enable and by mask --runtime.
struct LinkDirectories {
  std::string persistent;
  std::string runtime;
};

// Returns those of the system's manager, or of the caller's own.
LinkDirectories link_directories(bool user);

// Returns the links in the directory, and in the .wants, .requires and .upholds directories in it,
// that have one of these names or lead to a unit file of one.
UnitLinks unit_links(const std::string& directory, const std::set<std::string>& names);

// Makes unit_links() return `wanted`: links are made and removed, nothing else is touched. Returns
// whether anything had to be changed. Throws std::system_error.
bool restore_links(const std::string& directory, const std::set<std::string>& names,
                   const UnitLinks& wanted);

// Returns whether the directory can be written to; it is made with its first link.
bool is_writable(const std::string& directory);
}  // namespace checklist::ctl
