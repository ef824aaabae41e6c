// SPDX-License-Identifier: MIT
// The top of the page: the verdict, and why each check that does not pass does not.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// Returns the verdict in a sentence, unescaped: "2 of 66 checks fail, 1 is unknown".
std::string verdict(const Report& report);

// Returns the counts that the verdict leaves out: "63 pass, 4 skipped".
std::string beside_verdict(const Report& report);

// Returns every check that does not pass with all findings that do not pass, those that fail first;
// "" if everything passes.
std::string problems_html(const Report& report, Audience audience);
}  // namespace checklist::render
