// SPDX-License-Identifier: MIT
#include "checks/devices/device_access.hpp"

#include "checks/devices/device_age.hpp"

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

// Returns hidden if a mount of the unit hides the path, missing if the host has no file there.
Denial of_missing(const PathLookup& found) {
  const bool is_own = found.by != nullptr && found.by->kind != MountKind::bind;
  const bool is_other_root = found.by != nullptr && found.by->path == "/";
  return is_own || is_other_root ? Denial::hidden : Denial::missing;
}

Denial denial_of(const PathLookup& found) {
  switch (found.status) {
    case LookupStatus::missing:
      return of_missing(found);
    case LookupStatus::no_search:
      return Denial::search;
    case LookupStatus::no_open:
      return Denial::inaccessible;
    case LookupStatus::unknown:
      return Denial::unclear;
    default:
      break;
  }
  if (found.node.type != NodeType::character && found.node.type != NodeType::block) {
    return Denial::not_a_device;
  }
  return found.node.no_dev ? Denial::no_dev : Denial::none;
}

void apply_policies(DeviceAccess& access, const DeviceContext& scene, DeviceUse use,
                    FactReader& look) {
  for (const DevicePolicy& policy : scene.policies) {
    PolicyVerdict verdict = judge(policy, access.node, std::string(text(use)), look);
    if (verdict.decision != PolicyDecision::allowed) {
      const bool is_own = &policy == scene.policies.data();
      access.denial = is_own ? Denial::device_policy : Denial::slice_policy;
      access.unit = policy.unit;
      access.policy = std::move(verdict);
      return;
    }
  }
}
}  // namespace

DeviceContext device_context(FactReader& look, const std::string& unit) {
  const auto started = process_started(look, unit);
  return {.mounts = unit_mounts(look, unit),
          .policies = device_policies(look, unit, started),
          .started = started};
}

DeviceContext DeviceContext::of_next_start() const {
  DeviceContext out = *this;
  out.started.reset();
  out.policies.front().resolved.reset();
  return out;
}

DeviceAccess device_access(const WantedDevice& device, const DeviceContext& scene,
                           const semantics::Credentials& who, FactReader& look) {
  const PathLookup found = resolve_path(device.path, scene.mounts, who, look);
  DeviceAccess out;
  out.denial = denial_of(found);
  out.at = found.at;
  out.node = found.node;
  out.setting = found.by != nullptr ? found.by->setting : "";
  if (out.denial != Denial::none) {
    return out;
  }
  out.grant = semantics::grant(out.node.permissions, out.node.type, bits_of(device.use), who);
  if (!out.grant) {
    out.denial = Denial::mode;
    return out;
  }
  apply_policies(out, scene, device.use, look);
  return out;
}
}  // namespace checklist::checks
