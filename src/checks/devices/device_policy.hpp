// SPDX-License-Identifier: MIT
// DevicePolicy= and DeviceAllow= of a unit and of the slices above it, as systemd compiles them to
// BPF programs (systemd.resource-control(5), src/core/bpf-devices.c): every program must allow the
// access.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts/devices.hpp"
#include "checklist/observed.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
struct DeviceAllow {
  std::string device;   // a path, or "char-NAME", "block-NAME"
  std::string letters;  // of "rwm"
  bool operator==(const DeviceAllow&) const = default;
};

struct DevicePolicy {
  std::string unit;    // the unit or slice
  std::string policy;  // "auto", "closed", "strict"
  std::vector<DeviceAllow> allow{};
  // When systemd looked up the paths and classes of the list for the processes that run now: when
  // the unit started, or at a later daemon-reload. None: it will do so at the next start.
  std::optional<TimePoint> resolved = std::nullopt;
  bool operator==(const DevicePolicy&) const = default;
};

enum class PolicyDecision {
  allowed,
  denied,
  no_class,  // denied, and an entry names a class that is not in /proc/devices
  too_few,   // entries cover the device, but none has every letter needed
  too_late   // an entry covers the device, which was not there when the list was resolved
};

struct PolicyVerdict {
  PolicyDecision decision = PolicyDecision::allowed;
  // no_class: the first such entry; too_few, too_late: the entry that covers the device
  std::string entry{};
};

// Returns the decision for one device; `letters` are "r", "w" or "rw". Asks for the paths in the
// list.
PolicyVerdict judge(const DevicePolicy& policy, const Node& device, const std::string& letters,
                    FactReader& look);

// Returns the policies of the unit and of the slices above it, the unit's first and -.slice's last.
// `started` is when the unit's running process was started, if one is running.
std::vector<DevicePolicy> device_policies(FactReader& look, const std::string& unit,
                                          std::optional<TimePoint> started);
}  // namespace checklist::checks
