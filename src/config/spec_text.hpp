// SPDX-License-Identifier: MIT
// A spec as the text of its file, for programs that write specs.
#pragma once
#include <string>

#include "checklist/value.hpp"

namespace checklist::config {
// Returns the spec as JSON, ending in a newline: "unit" first and "checks" last, as a person would
// write it, every object and list that fits on one line. The same spec gives the same bytes.
std::string spec_text(const Dict& spec);

// Returns the value as JSON on one line.
std::string json_line(const Value& value);
}  // namespace checklist::config
