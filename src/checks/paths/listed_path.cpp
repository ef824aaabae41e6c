// SPDX-License-Identifier: MIT
#include "checks/paths/listed_path.hpp"

#include <utility>

namespace checklist::checks {
std::optional<ListedPath> listed_path(std::string given, const std::string& root) {
  const bool may_miss = given.starts_with('-');
  given.erase(0, may_miss ? 1 : 0);
  const bool is_in_root = given.starts_with('+');
  given.erase(0, is_in_root ? 1 : 0);
  if (!root.empty() && !is_in_root) {
    if (!given.starts_with(root + '/')) {
      return std::nullopt;
    }
    given.erase(0, root.size());
  }
  return ListedPath{.path = std::move(given), .may_miss = may_miss};
}
}  // namespace checklist::checks
