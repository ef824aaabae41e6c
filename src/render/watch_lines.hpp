// SPDX-License-Identifier: MIT
// Renders a report for a screen of fixed size.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/finding_lines.hpp"
#include "render/table.hpp"

namespace checklist::render {
// Returns "2026-11-25 15:51:50 UTC  x.service  files  pass → fail  OBSERVED".
std::string change_line(const Change& change);

// Returns at most `rows` lines of at most the terminal's columns: the totals, `note` unless it is
// empty, and what does not pass, in full as far as it fits. If it all fits, the last changes are in
// the remaining rows.
Lines watch_lines(const Report& report, const std::string& note, const Terminal& terminal,
                  std::size_t rows);
}  // namespace checklist::render
