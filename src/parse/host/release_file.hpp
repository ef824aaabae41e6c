// SPDX-License-Identifier: MIT
// Parses os-release(5).
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace checklist::parse {
// Returns the assignments, without quotes; of several to one name, the last. Other lines are
// ignored.
std::map<std::string, std::string> release_fields(std::string_view text);
}  // namespace checklist::parse
