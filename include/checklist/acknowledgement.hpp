// SPDX-License-Identifier: MIT
// A failure that somebody knows of: until when it raises no alert, why, and who said so.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "checklist/time.hpp"

namespace checklist {
struct Acknowledgement {
  WallTime until;
  std::string reason;
  std::string by;
  bool operator==(const Acknowledgement&) const = default;
};

// By semantics::spec_name() and check.
using Acknowledgements = std::map<std::pair<std::string, std::string>, Acknowledgement>;
}  // namespace checklist
