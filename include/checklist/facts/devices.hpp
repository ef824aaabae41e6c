// SPDX-License-Identifier: MIT
// What decides who may open a device node: the nodes and directories on the way to it, and the
// kernel's classes of devices.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/names.hpp"

namespace checklist {
// An entry of an ACL for a user or group that it names (acl(5)).
struct AclEntry {
  bool for_group = false;
  std::uint32_t id = 0;
  std::uint32_t bits = 0;  // as one digit of a mode
  bool operator==(const AclEntry&) const = default;
};

// Of a node that has more than a mode. The mask is the group's digit of the mode.
struct Acl {
  std::uint32_t owning_group = 0;  // its bits, before the mask
  std::vector<AclEntry> named{};   // in the order in which they are looked at
  bool operator==(const Acl&) const = default;
};

struct Permissions {
  std::uint32_t mode = 0;  // 07777
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::optional<Acl> acl = std::nullopt;
  bool operator==(const Permissions&) const = default;
};

enum class NodeType { missing, directory, symlink, character, block, other };

// What lies at a path, as lstat(2) sees it.
struct Node {
  NodeType type = NodeType::missing;
  Permissions permissions{};
  std::uint32_t major = 0;  // of a device
  std::uint32_t minor = 0;
  std::string link{};   // what a symlink says
  bool no_dev = false;  // it lies on a file system that is mounted nodev
  bool operator==(const Node&) const = default;
};

struct NodeKey {
  std::string path;
  using Fact = Node;
  auto operator<=>(const NodeKey&) const = default;
};

// A line of /proc/devices.
struct DeviceClass {
  bool block = false;
  std::string name;
  std::uint32_t major = 0;
  bool operator==(const DeviceClass&) const = default;
};

struct DeviceClassesKey {
  using Fact = std::vector<DeviceClass>;  // in the file's order
  auto operator<=>(const DeviceClassesKey&) const = default;
};
}  // namespace checklist
