// SPDX-License-Identifier: MIT
// What was seen of a unit: the parameters with which each check passes now.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/value.hpp"

namespace checklist::capture {
struct CapturedCheck {
  Dict arguments;                   // as CheckDef::capture returns them
  Status status = Status::unknown;  // of the check with these arguments
  std::set<std::string> reasons;    // of the findings that do not pass
};

struct CapturedUnit {
  std::string unit;                    // as it was named
  std::string id;                      // the canonical name
  std::string user;                    // whose manager runs it; empty: the system's
  bool exists = false;                 // it is loaded, or masked
  bool is_off = false;                 // a spec with "enabled": false passes
  std::vector<std::string> names;      // the canonical name and aliases
  std::vector<std::string> programs;   // paths of its commands
  std::vector<std::string> instances;  // x@*.service that are part of x.service
  std::map<std::string, CapturedCheck, std::less<>> checks;
  Dict properties;  // for a full capture: what it is and has, by name
};
}  // namespace checklist::capture
