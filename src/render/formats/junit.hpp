// SPDX-License-Identifier: MIT
// Renders a report as JUnit XML, which CI servers read.
#pragma once
#include <string>

#include "checklist/report.hpp"

namespace checklist::render {
// Returns a document with a test suite for each unit and the host, and a test case for each check.
// A check that fails is a <failure>, one that is unknown an <error>.
std::string junit(const Report& report);
}  // namespace checklist::render
