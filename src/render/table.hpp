// SPDX-License-Identifier: MIT
// Renders a report for a terminal. Colours carry no information that symbols and words do not, and
// control characters in texts are replaced.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/summary.hpp"

namespace checklist::render {
enum class Colour { plain, ansi };

// Returns a table of units by checks, then the host checks.
std::string matrix(const Report& report, Colour colour);
// Returns every finding that fails or is unknown, with its hint; empty if there is none.
std::string findings(const Report& report, Colour colour);
}  // namespace checklist::render
