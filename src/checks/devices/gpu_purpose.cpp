// SPDX-License-Identifier: MIT
#include "checks/devices/gpu_purpose.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "checks/devices/device_policy.hpp"

namespace checklist::checks {
bool is_meant_for_gpu(FactReader& look, const std::string& unit) {
  constexpr std::array classes{"nvidia",   "char-drm", "char-kfd",
                               "/dev/dri", "/dev/kfd", "/dev/dxg"};
  const auto policies = device_policies(look, unit, std::nullopt);
  const auto names_gpu = [&classes](const DeviceAllow& allow) {
    return std::ranges::any_of(
        classes, [&](const char* name) { return allow.device.find(name) != std::string::npos; });
  };
  const auto groups = look.list(unit, "SupplementaryGroups");
  return std::ranges::any_of(policies.front().allow, names_gpu) ||
         std::ranges::any_of(groups, [](const std::string& group) {
           return group == "video" || group == "render" || group == "nvidia";
         });
}
}  // namespace checklist::checks
