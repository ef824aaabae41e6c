// SPDX-License-Identifier: MIT
#include "checks/devices/device_access.hpp"

namespace checklist::checks {
namespace {
std::uint32_t bits_of(DeviceUse use) {
  switch (use) {
    case DeviceUse::r:
      return semantics::may_read;
    case DeviceUse::w:
      return semantics::may_write;
    default:
      return semantics::may_read | semantics::may_write;
  }
}

// Something of the unit's own lies over the place, or the host has nothing there either.
Denial of_missing(const Arrived& arrived) {
  const bool is_own = arrived.by != nullptr && arrived.by->cover != Cover::bound;
  const bool is_other_root = arrived.by != nullptr && arrived.by->path == "/";
  return is_own || is_other_root ? Denial::hidden : Denial::missing;
}

Denial of_way(const Arrived& arrived) {
  switch (arrived.arrival) {
    case Arrival::missing:
      return of_missing(arrived);
    case Arrival::no_search:
      return Denial::search;
    case Arrival::no_open:
      return Denial::inaccessible;
    case Arrival::unclear:
      return Denial::unclear;
    default:
      break;
  }
  if (arrived.node.type != NodeType::character && arrived.node.type != NodeType::block) {
    return Denial::not_a_device;
  }
  return arrived.node.no_dev ? Denial::no_dev : Denial::none;
}

void ask_policies(DeviceAccess& access, const DeviceScene& scene, DeviceUse use, FactReader& look) {
  for (const DevicePolicy& policy : scene.policies) {
    PolicyVerdict verdict = judge(policy, access.node, std::string(text(use)), look);
    if (verdict.says != PolicySays::allowed) {
      const bool is_own = &policy == scene.policies.data();
      access.denial = is_own ? Denial::device_policy : Denial::slice_policy;
      access.unit = policy.unit;
      access.policy = std::move(verdict);
      return;
    }
  }
}
}  // namespace

DeviceScene device_scene(FactReader& look, const std::string& unit) {
  return {.coverings = coverings(look, unit), .policies = device_policies(look, unit)};
}

DeviceAccess device_access(const WantedDevice& device, const DeviceScene& scene,
                           const semantics::Credentials& who, FactReader& look) {
  const Arrived arrived = walk(device.path, scene.coverings, who, look);
  DeviceAccess out;
  out.denial = of_way(arrived);
  out.at = arrived.at;
  out.node = arrived.node;
  out.setting = arrived.by != nullptr ? arrived.by->setting : "";
  if (out.denial != Denial::none) {
    return out;
  }
  out.grant = semantics::grant(out.node.permissions, out.node.type, bits_of(device.use), who);
  if (!out.grant) {
    out.denial = Denial::mode;
    return out;
  }
  ask_policies(out, scene, device.use, look);
  return out;
}
}  // namespace checklist::checks
