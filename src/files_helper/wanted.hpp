// SPDX-License-Identifier: MIT
// Collects what installed specs have root do: the paths and globs that they name in `files`, the
// unix sockets in `port_bindings`, their units, and the programs that test configurations.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "semantics/files/test_command.hpp"

namespace checklist::files {
struct Wanted {
  std::set<std::string> patterns;                              // paths and globs
  std::set<std::string> units;                                 // by every name that is known
  std::map<std::string, semantics::TestCommand> config_tests;  // by the unit as its spec spells it
  std::vector<std::string> notes;                              // ignored files, with the reason
};

// Reads `sources`: directories of specs, of which later ones override earlier ones, and the
// daemon's configuration file. Ignores files that users other than root can write. Errors in specs
// are reported by the daemon: what is no plain path, or no command, is skipped here.
Wanted wanted(const std::vector<std::string>& sources);

// Returns the name and those that it is an alias of, by the links in the directories of unit files
// (systemd.unit(5)).
std::set<std::string> names_of_unit(const std::string& name,
                                    const std::vector<std::string>& directories);
}  // namespace checklist::files
