// SPDX-License-Identifier: MIT
// UNIT arguments: names, names without a suffix, beginnings of one name, and patterns.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "checklist/report.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
// Appends ".service" to a name without a suffix, as systemctl does.
std::string unit_name(const std::string& word);

struct Selection {
  std::vector<std::string> units;   // of those that are known; empty if no argument was given
  std::vector<std::string> errors;  // arguments that match no unit
};

// Returns the known units that the arguments name or, as patterns of glob(7), match. A word that
// names none stands for the only one that begins with it.
Selection select_units(const std::vector<std::string>& arguments,
                       const std::vector<std::string>& known);

// Returns the names by which the units of a report are selected: x.service, and USER/x.service if
// its manager is not `manager`, whose instance made the report.
std::vector<std::string> names_of_units(const Report& report, const std::string& manager);

// Removes all other units and the host from the report, unless `units` is empty.
void keep(Report& report, const std::vector<std::string>& units, const std::string& manager);

// Adds the positional argument UNIT…
void add_units(CLI::App& command, std::vector<std::string>& units);

// Returns the name of this user; empty if the account is unknown.
std::string own_account();

// Returns "system", or "user:NAME" of this user.
std::string own_manager(bool user);
}  // namespace checklist::ctl
