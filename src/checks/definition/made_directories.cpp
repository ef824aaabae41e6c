// SPDX-License-Identifier: MIT
#include "checks/definition/made_directories.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace checklist::checks {
namespace {
constexpr std::array<std::pair<const char*, const char*>, 5> kinds{
    {{"RuntimeDirectory", "/run"},
     {"StateDirectory", "/var/lib"},
     {"CacheDirectory", "/var/cache"},
     {"LogsDirectory", "/var/log"},
     {"ConfigurationDirectory", "/etc"}}};

// exec_directory_is_private() of systemd's src/core/execute.c
bool is_private(FactReader& look, const std::string& directive) {
  const std::string& unit = look.view().unit();
  const Value* dynamic = look.at(PropertyKey{unit, "DynamicUser"});
  const auto* is_dynamic = dynamic != nullptr ? dynamic->get<bool>() : nullptr;
  if (is_dynamic == nullptr || !*is_dynamic || directive == "ConfigurationDirectory") {
    return false;
  }
  return directive != "RuntimeDirectory" || look.text(unit, "RuntimeDirectoryPreserve") != "no";
}
}  // namespace

std::vector<MadeDirectory> made_directories(FactReader& look) {
  std::vector<MadeDirectory> out;
  if (!look.view().spec().user.empty()) {
    return out;
  }
  for (const auto& [directive, prefix] : kinds) {
    for (const std::string& name : look.list(look.view().unit(), directive)) {
      const std::string base = std::string(prefix) + '/';
      const std::string real = is_private(look, directive) ? base + "private/" + name : base + name;
      out.push_back({directive, base + name, real});
    }
  }
  return out;
}

bool is_made(const std::string& path, const std::vector<MadeDirectory>& made) {
  return std::ranges::any_of(made, [&path](const MadeDirectory& each) {
    return each.path == path || each.real == path || each.path.starts_with(path + '/') ||
           each.real.starts_with(path + '/');
  });
}
}  // namespace checklist::checks
