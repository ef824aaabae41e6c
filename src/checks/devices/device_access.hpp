// SPDX-License-Identifier: MIT
// Whether a unit's processes can open a device, and which layer denies it first, in the kernel's
// order: path lookup (ENOENT), mode and ACL (EACCES), device cgroup (EPERM).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checks/devices/device_policy.hpp"
#include "checks/devices/device_request.hpp"
#include "checks/paths/path_lookup.hpp"
#include "checks/paths/unit_credentials.hpp"

namespace checklist::checks {
enum class Denial {
  none,
  missing,       // the host has no such node
  hidden,        // a private /dev or root of the unit lacks it
  inaccessible,  // InaccessiblePaths= covers it
  no_dev,        // its file system is mounted nodev
  not_a_device,
  search,  // a directory of the path may not be searched
  mode,
  device_policy,
  slice_policy,  // of a slice above the unit
  unclear        // the path leads into an image, whose contents are not known
};

// What decides for every device, whatever the credentials.
struct DeviceContext {
  std::vector<UnitMount> mounts{};
  std::vector<DevicePolicy> policies{};             // the unit's own first
  std::optional<TimePoint> started = std::nullopt;  // of the running process

  // Returns the context of the next start: the unit's own list will be resolved again.
  [[nodiscard]] DeviceContext of_next_start() const;
};

struct DeviceAccess {
  Denial denial = Denial::none;
  std::string at{};                         // the path at which the lookup ended
  Node node{};                              // the node there; search: the directory
  std::string setting{};                    // the directive that hides it
  std::optional<semantics::Grant> grant{};  // none: why mode and ACL allow access
  std::string unit{};                       // whose policy denies
  PolicyVerdict policy{};                   // that policy's verdict
};

// If `look` has a gap afterwards, the results do not count.
DeviceContext device_context(FactReader& look, const std::string& unit);
DeviceAccess device_access(const WantedDevice& device, const DeviceContext& scene,
                           const semantics::Credentials& who, FactReader& look);
}  // namespace checklist::checks
