// SPDX-License-Identifier: MIT
// What keeps a unit from a device, as a finding says it: a reason, what is so, and the smallest
// change that would let it in.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/accounts.hpp"
#include "checklist/facts/devices.hpp"

#include "checks/devices/device_access.hpp"

namespace checklist::checks {
struct DeviceWords {
  std::string reason;
  std::string observed;
  std::string hint;
};

struct DeviceQuestion {
  std::string unit;
  WantedDevice device;
  semantics::Credentials who;
  std::vector<std::string> via{};  // the groups that it should be let in by
};

// Of an access that is denied, and not unclear.
DeviceWords words_of(const DeviceAccess& access, const DeviceQuestion& question,
                     const Accounts& accounts);

// "rw" → "reading and writing".
std::string purpose(DeviceUse use);
// "crw-rw---- root:video".
std::string shown(const Node& node, const Accounts& accounts);
std::string user_name(std::uint32_t uid, const Accounts& accounts);
std::string group_name(std::uint32_t gid, const Accounts& accounts);
}  // namespace checklist::checks
