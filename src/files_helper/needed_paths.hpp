// SPDX-License-Identifier: MIT
// Reads the unit files of units for the paths that their next start needs.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace checklist::files {
struct NeededPaths {
  std::set<std::string> programs;  // of the commands
  std::set<std::string> paths;     // of the sandbox, of streams, and the working directory
  std::set<std::string> files;     // of EnvironmentFile= and LoadCredential=; also patterns
  bool operator==(const NeededPaths&) const = default;
};

// Reads the fragments and drop-ins of the units in these directories; also those that others
// override. Ignores files that users other than root can write.
NeededPaths needed_paths(const std::set<std::string>& units,
                         const std::vector<std::string>& directories);

// The directories in which systemd searches for unit files of the system.
std::vector<std::string> unit_search_path();
}  // namespace checklist::files
