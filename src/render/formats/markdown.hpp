// SPDX-License-Identifier: MIT
// Renders a report as Markdown with tables (https://github.github.com/gfm), for issues, merge
// requests and the summaries of CI jobs.
#pragma once
#include <string>

#include "checklist/report.hpp"

namespace checklist::render {
// Returns the totals, a table of what does not pass, and one of units by checks. `details` are left
// out, because they may quote logs.
std::string markdown(const Report& report);
}  // namespace checklist::render
