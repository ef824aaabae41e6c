// SPDX-License-Identifier: MIT
// The paths of ReadWritePaths=, InaccessiblePaths= and their like (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>

namespace checklist::checks {
struct ListedPath {
  std::string path;       // as the unit sees it
  bool may_miss = false;  // prefix "-"
  bool operator==(const ListedPath&) const = default;
};

// Without the prefix "+", a path is the host's: nothing if it is outside of `root`, the unit's
// RootDirectory=, or "".
std::optional<ListedPath> listed_path(std::string given, const std::string& root);
}  // namespace checklist::checks
