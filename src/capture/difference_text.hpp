// SPDX-License-Identifier: MIT
// The difference of two captures as text, Markdown and JSON.
#pragma once
#include <string>
#include <vector>

#include "capture/difference.hpp"

namespace checklist::capture {
enum class DifferenceFormat { text, markdown, json };

// Ends in a newline. `text` and `markdown` are for people: what a unit lost first.
std::string print(const std::vector<UnitDifference>& all, DifferenceFormat format);
}  // namespace checklist::capture
