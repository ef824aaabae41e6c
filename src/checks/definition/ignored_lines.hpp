// SPDX-License-Identifier: MIT
// Lines of a unit's files that systemd ignored when it loaded them.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each line, at most 16. `id` is the unit's canonical name.
Findings ignored_lines(const std::string& id, View& see);
}  // namespace checklist::checks
