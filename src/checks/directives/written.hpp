// SPDX-License-Identifier: MIT
// The directives that a unit's files set, for capture.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"
#include "checklist/view.hpp"

#include "checks/directives/directive.hpp"

namespace checklist::checks {
// The assignments of each directive that are in effect, of a unit file and its drop-ins in the
// order in which they are read. An empty assignment removes those before it.
using AssignedLines = std::map<std::string, std::vector<std::string>, std::less<>>;
AssignedLines assigned(const std::vector<UnitFile>& files);

// Returns the directive with these assignments, as a person would spell it in a spec; nothing if
// they are not valid.
std::optional<ExpectedDirective> as_spelt(const Directive& directive,
                                          const std::vector<std::string>& lines);

// Returns the directives of a table that the unit's files set, with the unit's values. A value is
// spelt as in the files if that means what systemd has loaded: "@system-service", not the calls in
// it.
ExpectedDirectives written(View& see, std::span<const Directive> table);
}  // namespace checklist::checks
