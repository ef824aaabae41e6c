// SPDX-License-Identifier: MIT
// The text of nsswitch.conf(5).
#pragma once
#include <set>
#include <string>
#include <string_view>

namespace checklist::parse {
// The sources of a database; of one without a line, or without a file, "files" alone.
std::set<std::string> name_sources(std::string_view nsswitch, std::string_view database);
}  // namespace checklist::parse
