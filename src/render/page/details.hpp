// SPDX-License-Identifier: MIT
// The host and every unit with every finding, and the page of every check.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
std::string details_html(const Report& report, Audience audience);

// Returns the pages of docs/checks.
std::string runbooks_html();
}  // namespace checklist::render
