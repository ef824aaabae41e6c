// SPDX-License-Identifier: MIT
// Directories and images of the host that a service's next start mounts (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
struct TreeSource {
  std::string path;
  std::string setting;  // "RootImage="
  bool is_image = false;
};

// Returns the sources of RootDirectory=, RootImage=, MountImages=, ExtensionImages= and
// ExtensionDirectories= that must be there.
std::vector<TreeSource> tree_sources(FactReader& look);

// Returns an obstacle if a source of a mount is missing.
std::optional<Obstacle> missing_source(const std::string& path, const std::string& setting,
                                       const StartContext& start, FactReader& look);

// Returns what is in the way of mounting one; a doubt for an image that no start has mounted.
std::optional<Obstacle> on_tree(const TreeSource& source, const StartContext& start,
                                FactReader& look);
}  // namespace checklist::checks
