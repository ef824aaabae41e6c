// SPDX-License-Identifier: MIT
// The drop-ins that a spec allows a unit: "none", or exactly those that match.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"
#include "checklist/finding.hpp"
#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

#include "semantics/files/glob.hpp"

namespace checklist::checks {
struct DropInSet {
  std::vector<semantics::FileGlob> all;  // each must match a drop-in, each drop-in one of these
  bool operator==(const DropInSet&) const = default;
};

// Returns a failure for each drop-in that is missing or not in the set, or a single pass.
// `has_fragment`: the first loaded file is the fragment, not a drop-in.
Findings drop_in_findings(const DropInSet& want, const Definition& definition, bool has_fragment);
}  // namespace checklist::checks

namespace checklist {
template <>
struct ParameterType<checks::DropInSet> {
  static std::optional<checks::DropInSet> parse(const Value& value, const std::string& at,
                                                ConfigErrors& errors);
  static Value print(const checks::DropInSet& set);
  static Dict schema();
};
}  // namespace checklist
