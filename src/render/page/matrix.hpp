// SPDX-License-Identifier: MIT
// The page's tables: units × checks, the host's checks, and what changed of late.
#pragma once
#include <string>

#include "checklist/report.hpp"

namespace checklist::render {
std::string matrix_html(const Report& report);
std::string host_html(const Report& report);     // empty without host checks
std::string changes_html(const Report& report);  // empty without changes
}  // namespace checklist::render
