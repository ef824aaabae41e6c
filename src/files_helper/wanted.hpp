// SPDX-License-Identifier: MIT
// Collects the paths and globs that installed specs name in `files`.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace checklist::files {
struct Wanted {
  std::set<std::string> patterns;  // paths and globs
  std::vector<std::string> notes;  // ignored files, with the reason
};

// Reads `sources`: directories of specs, of which later ones override earlier ones, and the
// daemon's configuration file. Ignores files that users other than root can write. Errors in specs
// are reported by the daemon: anything that is not a plain path is skipped here.
Wanted wanted(const std::vector<std::string>& sources);
}  // namespace checklist::files
