// SPDX-License-Identifier: MIT
// The files of a definition as they are now: where they lead, since when, and what a process
// started by them would be.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"

namespace checklist::observe {
struct DefinitionLook {
  std::vector<DefinitionFile> files{};  // in the order of the paths
  std::uint64_t digest = 0;             // of what counts at a process's start
  // When a file, and when a link on the way to one, was last changed (its ctime: no tool can set
  // it, and that of a link in /etc is young although all in the Nix store is of 1970).
  WallTime files_changed{};
  WallTime links_changed{};
};

// One look at a path. `root` is put before it; "" in earnest.
DefinitionFile definition_file(const std::string& root, const std::string& path);

// When a link on the way to what the path leads to was last changed.
WallTime newest_link(const std::string& path);

DefinitionLook look_at_definition(const std::string& root, const std::vector<std::string>& paths);
}  // namespace checklist::observe
