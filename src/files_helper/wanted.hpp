// SPDX-License-Identifier: MIT
// Collects the paths and globs that installed specs name in `files`, the unix sockets in
// `port_bindings`, and the units of the specs.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace checklist::files {
struct Wanted {
  std::set<std::string> patterns;  // paths and globs
  std::set<std::string> units;     // by every name that is known
  std::vector<std::string> notes;  // ignored files, with the reason
};

// Reads `sources`: directories of specs, of which later ones override earlier ones, and the
// daemon's configuration file. Ignores files that users other than root can write. Errors in specs
// are reported by the daemon: anything that is not a plain path is skipped here.
Wanted wanted(const std::vector<std::string>& sources);

// Returns the name and those that it is an alias of, by the links in the directories of unit files
// (systemd.unit(5)).
std::set<std::string> names_of_unit(const std::string& name,
                                    const std::vector<std::string>& directories);
}  // namespace checklist::files
