// SPDX-License-Identifier: MIT
#include "checks/devices/node_helper.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace checklist::checks {
namespace {
// Of capabilities(7): to load a module, and to create a node.
constexpr std::array needed{std::pair{16U, "CAP_SYS_MODULE"}, std::pair{27U, "CAP_MKNOD"}};

template <class T>
T property(FactReader& look, const std::string& unit, const std::string& name, T otherwise) {
  const Value* value = look.at(PropertyKey{unit, name});
  const T* held = value != nullptr ? value->get<T>() : nullptr;
  return held != nullptr ? *held : otherwise;
}

bool is_root(FactReader& look, const std::string& unit) {
  const std::string user = look.text(unit, "User");
  const bool is_dynamic = property(look, unit, "DynamicUser", false);
  return look.view().spec().user.empty() && !is_dynamic &&
         (user.empty() || user == "root" || user == "0");
}
}  // namespace

std::optional<std::string> helper_obstacle(FactReader& look, const std::string& unit) {
  if (property(look, unit, "NoNewPrivileges", false) && !is_root(look, unit)) {
    return "NoNewPrivileges=yes";
  }
  if (property(look, unit, "PrivateUsers", false)) {
    return "PrivateUsers=yes";
  }
  const auto bounding = property(look, unit, "CapabilityBoundingSet", UINT64_MAX);
  for (const auto& [bit, name] : needed) {
    if ((bounding >> bit & 1U) == 0) {
      return std::string("CapabilityBoundingSet= without ") + name;
    }
  }
  return std::nullopt;
}

bool is_made_by_helper(const std::string& path) {
  return path.starts_with("/dev/nvidia");
}
}  // namespace checklist::checks
