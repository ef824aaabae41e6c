// SPDX-License-Identifier: MIT
// Whether a unit's processes can open a device, and which layer denies it first, in the order in
// which the kernel asks: is it there (ENOENT), do mode and ACL let in (EACCES), does the cgroup
// (EPERM).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/devices/device_policy.hpp"
#include "checks/devices/device_request.hpp"
#include "checks/devices/unit_credentials.hpp"
#include "checks/devices/walk.hpp"

namespace checklist::checks {
enum class Denial {
  none,
  missing,       // the host has no such node
  hidden,        // the host has it, the unit's own /dev or root does not
  inaccessible,  // InaccessiblePaths= lies over it
  no_dev,        // its file system is mounted nodev
  not_a_device,
  search,  // a directory on the way lets nobody like this in
  mode,
  device_policy,
  slice_policy,  // of a slice above the unit
  unclear        // nobody can look there
};

// What of a unit decides, apart from whose processes they are.
struct DeviceScene {
  std::vector<Covering> coverings{};
  std::vector<DevicePolicy> policies{};  // its own first
};

struct DeviceAccess {
  Denial denial = Denial::none;
  std::string at{};                         // the path where the way ended
  Node node{};                              // what is there; search: the directory
  std::string setting{};                    // the directive that hides it
  std::optional<semantics::Grant> grant{};  // none: why the mode lets in
  std::string unit{};                       // of the policy that denies
  PolicyVerdict policy{};                   // likewise
};

// What could not be seen is the look's gap, and then nothing else counts.
DeviceScene device_scene(FactReader& look, const std::string& unit);
DeviceAccess device_access(const WantedDevice& device, const DeviceScene& scene,
                           const semantics::Credentials& who, FactReader& look);
}  // namespace checklist::checks
