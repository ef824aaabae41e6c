// SPDX-License-Identifier: MIT
// The report for a terminal: the matrix, then every finding that does not pass, with what to do.
// Symbols and words tell the same as the colours; nothing in a report can steer the terminal.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/summary.hpp"

namespace checklist::render {
enum class Colour { plain, ansi };

std::string matrix(const Report& report, Colour colour);
std::string findings(const Report& report, Colour colour);  // empty when everything passes
}  // namespace checklist::render
