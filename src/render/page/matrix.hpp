// SPDX-License-Identifier: MIT
// The page's matrix of units and checks. Each group of units can be folded; what does not pass is
// first. Among many units, only what does not pass is unfolded.
#pragma once
#include <string>

#include "checklist/report.hpp"

namespace checklist::render {
std::string matrix_html(const Report& report);
}  // namespace checklist::render
