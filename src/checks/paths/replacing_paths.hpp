// SPDX-License-Identifier: MIT
// The paths that systemd mounts over themselves, to make them writable or not, executable or not.
// At such a path it mounts no tmpfs, because that comes later in the order of mounts at one path
// (drop_duplicates() of src/core/namespace.c).
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "checks/paths/path_lookup.hpp"

namespace checklist::checks {
class ReplacingPaths {
 public:
  // `root` is the unit's RootDirectory=, or "".
  ReplacingPaths(FactReader& look, const std::string& unit, Sandbox sandbox,
                 const std::string& root);

  // Returns whether one of them replaces a tmpfs at the path, which leads to `target`.
  [[nodiscard]] bool replace(const std::string& path, const std::string& target) const;

  // Returns whether one of them is at or above the path.
  [[nodiscard]] bool cover(const std::string& path) const;

 private:
  void read_protection(FactReader& look, const std::string& unit);
  void add(const std::string& path, FactReader& look);

  bool has_root_;
  std::vector<std::pair<std::string, std::string>> all_;  // a path, and where it leads
};
}  // namespace checklist::checks
