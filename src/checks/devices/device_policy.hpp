// SPDX-License-Identifier: MIT
// DevicePolicy= and DeviceAllow= of a unit and of the slices above it, as systemd makes BPF
// programs of them (systemd.resource-control(5), its src/core/bpf-devices.c): every one must let it
// through.
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
  std::string unit;    // whose it is
  std::string policy;  // "auto", "closed", "strict"
  std::vector<DeviceAllow> allow{};
  bool operator==(const DevicePolicy&) const = default;
};

enum class PolicySays {
  allowed,
  denied,
  no_class,  // denied, and an entry names a class that /proc/devices does not have
  too_few    // entries cover the device, none of them with every letter that is needed
};

struct PolicyVerdict {
  PolicySays says = PolicySays::allowed;
  std::string entry{};  // no_class: the first of them; too_few: the device as the list spells it
};

// For one device and "r", "w" or "rw". Asks for what paths in the list lead to.
PolicyVerdict judge(const DevicePolicy& policy, const Node& device, const std::string& letters,
                    FactReader& look);

// Of the unit, then of the slices above it, from near to far.
std::vector<DevicePolicy> device_policies(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
