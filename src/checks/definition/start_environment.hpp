// SPDX-License-Identifier: MIT
// The variables with which the commands of the next start are executed, as far as the unit says
// (systemd.exec(5)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns the value of Environment= for a variable.
std::optional<std::string> variable(const std::string& name, FactReader& look);

// Returns whether a file, or the environment of a user's manager, may set more.
bool may_set_more_variables(FactReader& look);

// Returns the directories in which systemd searches for a command that is a bare name.
std::vector<std::string> search_path_of_commands(FactReader& look);

// Returns the directories of PATH.
std::vector<std::string> search_path_of_processes(FactReader& look);
}  // namespace checklist::checks
