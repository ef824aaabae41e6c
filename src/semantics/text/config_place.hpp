// SPDX-License-Identifier: MIT
// The place of an error in a configuration, as programs print it.
#pragma once
#include <string>
#include <vector>

namespace checklist::semantics {
struct ConfigPlace {
  std::string file;  // an absolute path; empty if none is named
  std::string line;  // a number; empty if none is named
  bool operator==(const ConfigPlace&) const = default;
};

// Finds "FILE:3", "FILE line 3", "line 3 of FILE", or a file and a line in different lines, in
// lines that are no warnings.
ConfigPlace config_place(const std::vector<std::string>& output);

// Returns "/etc/x.conf line 3", "/etc/x.conf", "line 3" or "".
std::string text(const ConfigPlace& place);
}  // namespace checklist::semantics
