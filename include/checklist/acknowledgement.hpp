// SPDX-License-Identifier: MIT
// An acknowledged failure: it raises no alert until a given time.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "checklist/time.hpp"

namespace checklist {
struct Acknowledgement {
  WallTime until;  // when alerts resume
  std::string reason;
  std::string by;  // the user who acknowledged it
  bool operator==(const Acknowledgement&) const = default;
};

// By semantics::spec_name() and the check's name; an empty name means every check of the spec.
using Acknowledgements = std::map<std::pair<std::string, std::string>, Acknowledgement>;
}  // namespace checklist
