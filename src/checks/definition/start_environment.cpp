// SPDX-License-Identifier: MIT
#include "checks/definition/start_environment.hpp"

#include "semantics/text/fields.hpp"

namespace checklist::checks {
std::optional<std::string> variable(const std::string& name, FactReader& look) {
  std::optional<std::string> out;
  for (const std::string& each : look.list(look.view().unit(), "Environment")) {
    out = each.starts_with(name + '=') ? each.substr(name.size() + 1) : out;
  }
  return out;
}

bool may_set_more_variables(FactReader& look) {
  const std::string& unit = look.view().unit();
  const Value* files = look.at(PropertyKey{unit, "EnvironmentFiles"});
  const auto* rows = files != nullptr ? files->get<Values>() : nullptr;
  return (rows != nullptr && !rows->empty()) || !look.view().spec().user.empty() ||
         !look.list(unit, "PassEnvironment").empty();
}

std::vector<std::string> search_path_of_commands(FactReader& look) {
  const auto given = look.list(look.view().unit(), "ExecSearchPath");
  return given.empty() ? std::vector<std::string>{"/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
                                                  "/usr/bin",        "/sbin",          "/bin"}
                       : given;
}

std::vector<std::string> search_path_of_processes(FactReader& look) {
  const auto set = variable("PATH", look);
  if (!set) {
    return search_path_of_commands(look);
  }
  const auto pieces = semantics::pieces(*set, ":");
  return {pieces.begin(), pieces.end()};
}
}  // namespace checklist::checks
