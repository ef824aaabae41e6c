// SPDX-License-Identifier: MIT
#include "checks/paths/replacing_paths.hpp"

#include <algorithm>
#include <filesystem>

#include "checks/paths/listed_path.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
ReplacingPaths::ReplacingPaths(FactReader& look, const std::string& unit, Sandbox sandbox,
                               const std::string& root)
    : has_root_(!root.empty()) {
  std::vector<std::string> given = look.list(unit, "ReadWritePaths");
  if (sandbox == Sandbox::whole) {
    for (const char* list : {"ReadOnlyPaths", "ExecPaths", "NoExecPaths"}) {
      std::ranges::move(look.list(unit, list), std::back_inserter(given));
    }
    read_protection(look, unit);
  }
  for (std::string& each : given) {
    if (const auto listed = listed_path(std::move(each), root)) {
      add(listed->path, look);
    }
  }
}

void ReplacingPaths::read_protection(FactReader& look, const std::string& unit) {
  const std::string system = look.text(unit, "ProtectSystem");
  if (system == "strict") {
    add("/", look);
  } else if (system == "full" || system == "yes") {
    for (const char* path : {"/usr", "/boot", "/efi"}) {
      add(path, look);
    }
  }
  if (system == "full") {
    add("/etc", look);
  }
  if (look.text(unit, "ProtectHome") == "read-only") {
    for (const char* path : {"/home", "/root", "/run/user"}) {
      add(path, look);
    }
  }
}

void ReplacingPaths::add(const std::string& path, FactReader& look) {
  all_.emplace_back(path, has_root_ ? path : target_on_host(path, look));
}

bool ReplacingPaths::cover(const std::string& path) const {
  return std::ranges::any_of(
      all_, [&path](const auto& each) { return semantics::is_below(path, each.second); });
}

// Mounts are made in the order of their paths: one stays if it is made before a link that leads to
// the same path is followed.
bool ReplacingPaths::replace(const std::string& path, const std::string& target) const {
  const auto is_in_time = [&target](const std::string& given) {
    return std::filesystem::path(given) <= std::filesystem::path(target);
  };
  return is_in_time(path) && std::ranges::any_of(all_, [&](const auto& each) {
           return each.second == target && is_in_time(each.first);
         });
}
}  // namespace checklist::checks
