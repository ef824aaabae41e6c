// SPDX-License-Identifier: MIT
// The top of the page: why each check that does not pass does not.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// Returns every unit that has a check which does not pass: failures first, then the most severe,
// then the newest. "" if everything passes. Of a check's findings that do not pass it has the first
// four; of a unit's checks after the third, and of the units after the twentieth, a line each.
std::string problems_html(const Report& report, Audience audience);
}  // namespace checklist::render
