// SPDX-License-Identifier: MIT
// Renders a report for a terminal. Colours carry no information that symbols and words do not, and
// control characters in texts are replaced.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/wrap.hpp"

namespace checklist::render {
enum class Colour { plain, ansi };

struct Terminal {
  Colour colour = Colour::plain;
  std::size_t columns = any_width;
};

// Returns a table of units by checks, then the host checks.
std::string matrix(const Report& report, Colour colour);

// Returns the table if the terminal is wide enough for it, then what does not pass, and the totals
// of `whole`, of which `shown` is a part.
std::string table(const Report& shown, const Report& whole, const Terminal& terminal);
}  // namespace checklist::render
