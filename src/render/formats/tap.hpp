// SPDX-License-Identifier: MIT
// Renders a report in the Test Anything Protocol, version 13 (https://testanything.org).
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

namespace checklist::render {
// Returns a test for each check. Those that fail or are unknown are `not ok`, with a YAML block;
// acknowledged ones are marked TODO, so that a harness does not count them.
std::string tap(const Report& report);

// Returns the line with which a producer without a report ends a harness.
std::string tap_bail_out(std::string_view why);
}  // namespace checklist::render
