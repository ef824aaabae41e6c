// SPDX-License-Identifier: MIT
// The difference of two texts, as diff(1) prints it.
#pragma once
#include <string>
#include <string_view>

namespace checklist::capture {
// Returns the lines of both texts: those of `before` alone with "-", those of `after` alone with
// "+", and up to three common ones around them with a blank. "@@" stands for common lines that are
// left out. Empty if the texts are equal.
std::string line_diff(std::string_view before, std::string_view after);
}  // namespace checklist::capture
