// SPDX-License-Identifier: MIT
// Describes why a unit cannot open a device, with the smallest change that would allow it.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/accounts.hpp"
#include "checklist/facts/devices.hpp"

#include "checks/devices/device_access.hpp"

namespace checklist::checks {
struct DenialMessage {
  std::string reason;
  std::string observed;
  std::string hint;
};

struct DeviceQuestion {
  std::string unit;
  WantedDevice device;
  semantics::Credentials who;
  std::vector<std::string> via{};  // the groups that should give access
  std::string restart{};           // restart_advice() for the unit
  std::string reload{};            // the command, between backticks, that a hint may quote
};

// The access must be denied, and not unclear.
DenialMessage describe_denial(const DeviceAccess& access, const DeviceQuestion& question,
                              const Accounts& accounts);

// Returns "reading and writing" for rw.
std::string purpose(DeviceUse use);
// Returns the node as ls(1) shows it: "crw-rw---- root:video".
std::string shown(const Node& node, const Accounts& accounts);
std::string user_name(std::uint32_t uid, const Accounts& accounts);
std::string group_name(std::uint32_t gid, const Accounts& accounts);
}  // namespace checklist::checks
