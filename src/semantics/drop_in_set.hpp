// SPDX-License-Identifier: MIT
// The drop-ins that a spec allows a unit: "none", or exactly those that match.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/params.hpp"

#include "semantics/glob.hpp"

namespace checklist::semantics {
struct DropInSet {
  std::vector<FileGlob> all;  // each matches one at least, and each drop-in one of these
  bool operator==(const DropInSet&) const = default;
};
}  // namespace checklist::semantics

namespace checklist {
template <>
struct Reads<semantics::DropInSet> {
  static std::optional<semantics::DropInSet> parse(const Value& value, const std::string& at,
                                                   Mistakes& mistakes);
  static Value print(const semantics::DropInSet& set);
  static Dict schema();
};
}  // namespace checklist
