// SPDX-License-Identifier: MIT
// The page's tables below the matrix: the host's checks, and what changed of late.
#pragma once
#include <string>

#include "checklist/report.hpp"

namespace checklist::render {
std::string host_html(const Report& report);  // empty without host checks

// Returns the newest ten, and the others folded; empty without changes.
std::string changes_html(const Report& report);
}  // namespace checklist::render
