// SPDX-License-Identifier: MIT
// The page's texts: what does not pass and why, and every unit with every finding.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
std::string problems_html(const Report& report, Audience audience);  // empty when everything passes
std::string details_html(const Report& report, Audience audience);
std::string runbooks_html();
}  // namespace checklist::render
