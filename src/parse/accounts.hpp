// SPDX-License-Identifier: MIT
// The text of passwd(5) and group(5).
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "checklist/facts/accounts.hpp"

namespace checklist::parse {
// By name. A line that is none is left out, as the name service does; of a name that stands there
// twice the first counts.
std::map<std::string, User> users(std::string_view passwd);
std::map<std::string, Group> groups(std::string_view group);
}  // namespace checklist::parse
