// SPDX-License-Identifier: MIT
// The directories that systemd creates when it starts a service (StateDirectory= and its like).
#pragma once
#include <string>
#include <vector>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
struct MadeDirectory {
  std::string directive;  // "StateDirectory"
  std::string path;       // "/var/lib/x"
  std::string real;       // of DynamicUser=: "/var/lib/private/x"; otherwise as `path`
  bool operator==(const MadeDirectory&) const = default;
};

// Returns those of a system service. Where a user's manager creates them depends on the user's
// environment.
std::vector<MadeDirectory> made_directories(FactReader& look);

// Returns whether the start creates a directory at that path: one of these, or one above it.
bool is_made(const std::string& path, const std::vector<MadeDirectory>& made);
}  // namespace checklist::checks
