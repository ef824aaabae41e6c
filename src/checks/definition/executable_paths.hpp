// SPDX-License-Identifier: MIT
// Where a unit's mounts permit or forbid to execute files: ExecPaths= and NoExecPaths=
// (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/paths/mount_entries.hpp"

namespace checklist::checks {
// The directive for the deepest path at or above a file decides. systemd drops a directive of a
// path that has the same access as the directory above it: NoExecPaths=/usr/lib has no effect
// beside ProtectSystem=full where /lib is a link to /usr/lib.
class ExecutablePaths {
 public:
  // Reads the directives of the view's unit.
  ExecutablePaths(FactReader& look, const FollowLinks& follow);

  // `path`: without links. Returns nothing if no directive is about the file.
  [[nodiscard]] std::optional<bool> permits(const std::string& path) const;

 private:
  std::vector<MountEntry> rules_;  // parents first
};
}  // namespace checklist::checks
