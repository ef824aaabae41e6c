// SPDX-License-Identifier: MIT
#include "checks/start/read_only.hpp"

#include <algorithm>

#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
bool is_on_read_only_mount(const std::string& path, FactReader& look) {
  const auto& mounts = look.view()[MountsKey{1}];
  const Mount* mount = mounts ? semantics::mount_above(*mounts, path) : nullptr;
  return mount != nullptr && (mount->type == "proc" || mount->type == "sysfs" ||
                              std::ranges::find(mount->options, "ro") != mount->options.end());
}
}  // namespace checklist::checks
