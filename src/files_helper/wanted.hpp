// SPDX-License-Identifier: MIT
// Which paths and globs the installed specs name in `files`.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace checklist::files {
struct Wanted {
  std::set<std::string> patterns;  // paths and globs
  std::vector<std::string> notes;  // what was not read, and why
};

// `sources` are directories of specs, a later one winning, and the daemon's own file. What somebody
// else than root may have written is left out. A mistake in a spec is not this program's matter:
// what is no plain path in it is left out.
Wanted wanted(const std::vector<std::string>& sources);
}  // namespace checklist::files
