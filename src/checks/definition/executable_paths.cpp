// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include <utility>

namespace checklist::checks {
ExecutablePaths::ExecutablePaths(FactReader& look) {
  for (const auto& [property, may] : {std::pair("NoExecPaths", false), {"ExecPaths", true}}) {
    for (std::string each : look.list(look.view().unit(), property)) {
      each.erase(0, each.find_first_not_of("-+"));
      rules_.push_back({std::move(each), may});
    }
  }
}

std::optional<bool> ExecutablePaths::permits(const std::string& path) const {
  const Rule* deepest = nullptr;
  for (const Rule& each : rules_) {
    const bool covers = path == each.path || each.path == "/" || path.starts_with(each.path + '/');
    if (covers && (deepest == nullptr || each.path.size() > deepest->path.size())) {
      deepest = &each;
    }
  }
  return deepest != nullptr ? std::optional(deepest->may) : std::nullopt;
}
}  // namespace checklist::checks
