// SPDX-License-Identifier: MIT
// Parses nsswitch.conf(5).
#pragma once
#include <set>
#include <string>
#include <string_view>

namespace checklist::parse {
// Returns the sources of a database; "files" if it is not configured.
std::set<std::string> name_sources(std::string_view nsswitch, std::string_view database);
}  // namespace checklist::parse
