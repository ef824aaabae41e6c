// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include <utility>

namespace checklist::checks {
namespace {
bool covers(const std::string& directory, const std::string& path) {
  return path == directory || directory == "/" || path.starts_with(directory + '/');
}
}  // namespace

ExecutablePaths::ExecutablePaths(FactReader& look) {
  for (const auto& [property, may] : {std::pair("NoExecPaths", false), {"ExecPaths", true}}) {
    for (std::string each : look.list(look.view().unit(), property)) {
      each.erase(0, each.find_first_not_of("-+"));
      rules_.push_back({std::move(each), may});
    }
  }
}

std::optional<bool> ExecutablePaths::permits(
    const std::string& named, const std::string& at,
    const std::function<std::string(const std::string&)>& real) const {
  std::size_t deepest = 0;
  std::optional<bool> out;
  for (const Rule& each : rules_) {
    // Other links cannot lead to the file: its own name passes none of them.
    const bool is_link = !covers(each.path, at) && covers(each.path, named);
    const std::string path = is_link ? real(each.path) : each.path;
    if (covers(path, at) && path.size() > deepest) {
      deepest = path.size();
      out = each.may;
    }
  }
  return out;
}
}  // namespace checklist::checks
