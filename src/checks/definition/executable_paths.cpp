// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
ExecutablePaths::ExecutablePaths(FactReader& look, const FollowLinks& follow) {
  if (look.list(look.view().unit(), "NoExecPaths").empty() &&
      look.list(look.view().unit(), "ExecPaths").empty()) {
    return;
  }
  rules_ = mount_entries(look, true, follow);
  std::erase_if(rules_, [](const MountEntry& each) { return !each.may_execute; });
}

std::optional<bool> ExecutablePaths::permits(const std::string& path) const {
  std::optional<bool> out;
  for (const MountEntry& each : rules_) {
    out = semantics::is_below(path, each.path) ? each.may_execute : out;
  }
  return out;
}
}  // namespace checklist::checks
