// SPDX-License-Identifier: MIT
// Parses passwd(5) and group(5).
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "checklist/facts/accounts.hpp"

namespace checklist::parse {
// Return the accounts by name. Malformed lines are skipped, as by the name service; if a name
// occurs twice, the first entry counts.
std::map<std::string, User> users(std::string_view passwd);
std::map<std::string, Group> groups(std::string_view group);
}  // namespace checklist::parse
