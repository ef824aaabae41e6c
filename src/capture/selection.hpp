// SPDX-License-Identifier: MIT
// Selects the units of a host that are worth a spec, for `capture --all`.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "config/catalogue.hpp"

namespace checklist::capture {
struct UnitList {
  std::map<std::string, std::string> files;   // state of each unit file by name: "enabled"
  std::map<std::string, std::string> loaded;  // ActiveState/SubState of each: "active/running"
};

struct LeftOut {
  std::string unit;
  std::string why;
};

struct Selection {
  std::vector<std::string> units;  // sorted
  std::vector<LeftOut> left_out;   // what is enabled or runs; sorted by unit
};

// Returns every service, timer, socket and path that is enabled, and every service that runs.
// Leaves out what the distribution brings as its own plumbing, as kinds of the catalogue say, and
// sockets and paths of services that are selected.
Selection select(const UnitList& all, const config::Catalogue& catalogue);
}  // namespace checklist::capture
