// SPDX-License-Identifier: MIT
// Collects facts about files and about what processes hold as root, and writes them to a file for
// the daemon.
#pragma once
#include <map>
#include <set>
#include <string>

#include "parse/file_facts.hpp"

namespace checklist::files {
// Returns the facts of every path and of the matches of every glob. Follows no symlinks and opens
// only directories.
parse::FileFacts look(const std::set<std::string>& patterns);

// Returns what the processes of these units hold, by cgroup.
std::map<std::string, parse::CgroupFacts> held_by(const std::set<std::string>& units,
                                                  const std::string& cgroup_root);

// Replaces the file, which its group may read, atomically with rename(2). Throws std::system_error.
void write(const std::string& path, const std::string& text);
}  // namespace checklist::files
