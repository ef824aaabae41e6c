// SPDX-License-Identifier: MIT
// The page: the matrix, what does not pass and why, recent changes. Plain HTML that works without a
// script; a few lines of one follow the report by long poll. Everything that comes from a unit is
// escaped.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
std::string page(const Report& report, const std::string& etag,
                 Audience audience = Audience::anyone);

// The policy the page keeps: nothing from elsewhere, only its own style and script.
std::string page_policy();
}  // namespace checklist::render
