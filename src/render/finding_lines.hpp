// SPDX-License-Identifier: MIT
// Renders findings for a terminal.
#pragma once
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "render/table.hpp"

namespace checklist::render {
using Lines = std::vector<std::string>;

// Returns the lines of every finding that fails or is unknown, failures first: what was expected
// and observed, since when, and what to do.
std::vector<Lines> finding_lines(const Report& report, const Terminal& terminal);

// Returns those lines as one text; empty if there is no such finding.
std::string findings(const Report& report, const Terminal& terminal);
}  // namespace checklist::render
