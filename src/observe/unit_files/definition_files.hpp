// SPDX-License-Identifier: MIT
// Looks at the files of a unit definition: their targets, the times of their last changes, and a
// digest of the directives that affect a new process.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"

namespace checklist::observe {
struct DefinitionLook {
  std::vector<DefinitionFile> files{};  // in the order of the paths
  std::uint64_t digest = 0;             // of the directives that count when a process starts
  // The latest ctime of the files, and of the symlinks on the way to them. Unlike mtime, ctime
  // cannot be set, and on NixOS the symlinks in /etc are recent although all files in the store are
  // of 1970.
  WallTime files_changed{};
  WallTime links_changed{};
};

// Looks at one file. `root` is prepended to the path; empty outside tests.
DefinitionFile definition_file(const std::string& root, const std::string& path);

// Returns the latest ctime of the symlinks on the way to the file.
WallTime newest_link(const std::string& path);

// Throws Shortage.
DefinitionLook look_at_definition(const std::string& root, const std::vector<std::string>& paths);
}  // namespace checklist::observe
