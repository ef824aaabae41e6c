// SPDX-License-Identifier: MIT
// The directives that a unit's files set, for capture.
#pragma once
#include <span>

#include "checklist/view.hpp"

#include "checks/directives/directive.hpp"

namespace checklist::checks {
// Returns the directives of a table that the unit's files set, with the unit's values. A value is
// spelt as in the files if that means what systemd has loaded: "@system-service", not the calls in
// it.
ExpectedDirectives written(View& see, std::span<const Directive> table);
}  // namespace checklist::checks
