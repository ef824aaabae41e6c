// SPDX-License-Identifier: MIT
// Finds the cgroups of units in cgroupfs (cgroups(7)): no bus is asked.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace checklist::files {
// Returns the cgroups of these units by their path below the root, with their ids (the inode
// numbers of their directories). A unit that does not run has none. Searches slices only, hence no
// units of users' managers.
std::map<std::string, std::uint64_t> cgroups_of(const std::string& root,
                                                const std::set<std::string>& units);
}  // namespace checklist::files
