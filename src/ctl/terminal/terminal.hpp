// SPDX-License-Identifier: MIT
// The terminal on standard output.
#pragma once
#include <cstddef>
#include <optional>

#include "render/table.hpp"

namespace checklist::ctl {
struct Size {
  std::size_t columns;
  std::size_t rows;
};

// Returns nothing if standard output is not a terminal. COLUMNS and LINES take precedence over what
// the terminal reports.
std::optional<Size> terminal_size();

// Colours only on a terminal, and only without NO_COLOR (https://no-color.org); any width if it is
// not a terminal.
render::Terminal terminal();
}  // namespace checklist::ctl
