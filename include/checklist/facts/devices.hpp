// SPDX-License-Identifier: MIT
// Access to device nodes: the nodes and directories of a path, and the kernel's device classes.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
// An ACL entry for a named user or group (acl(5)).
struct AclEntry {
  bool for_group = false;
  std::uint32_t id = 0;
  std::uint32_t bits = 0;  // rwx, as one octal digit of a mode
  bool operator==(const AclEntry&) const = default;
};

// The ACL of a node. Its mask is the group's digit of the mode.
struct Acl {
  std::uint32_t owning_group = 0;  // permission bits before the mask is applied
  std::vector<AclEntry> named{};   // in the order of evaluation
  bool operator==(const Acl&) const = default;
};

struct Permissions {
  std::uint32_t mode = 0;  // 07777
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::optional<Acl> acl = std::nullopt;
  bool operator==(const Permissions&) const = default;
};

// What a program may have beyond its user's privileges: security.capability (capabilities(7)).
struct FileCapabilities {
  std::uint64_t permitted = 0;
  std::uint64_t inheritable = 0;
  bool effective = false;  // execve(2) fails if a permitted one cannot be had
  bool operator==(const FileCapabilities&) const = default;
};

enum class NodeType { missing, directory, symlink, regular, character, block, other };

// A device of the same number that checklistd saw at the same path, and then saw missing.
struct FormerNode {
  std::optional<WallTime> born = std::nullopt;     // as in Node
  std::optional<TimePoint> absent = std::nullopt;  // likewise
  TimePoint gone;                                  // when it was first seen missing
  bool operator==(const FormerNode&) const = default;
};

// The node at a path, as lstat(2) reports it.
struct Node {
  NodeType type = NodeType::missing;
  Permissions permissions{};
  std::uint32_t major = 0;  // of a device
  std::uint32_t minor = 0;
  std::string link{};         // the content of a symlink
  bool no_dev = false;        // of devices and files: on a file system mounted nodev
  bool no_exec = false;       // likewise noexec
  bool is_namespace = false;  // likewise nsfs: ip-netns(8) mounts a namespace there
  std::optional<FileCapabilities> capabilities = std::nullopt;
  std::optional<WallTime> born = std::nullopt;  // when it was created, if the file system says so
  // When checklistd last saw that it was not there; none if it was at every look.
  std::optional<TimePoint> absent = std::nullopt;
  std::vector<FormerNode> former{};  // of a device, oldest first, at most 4
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
  // When checklistd last saw that it was not there; none if it was at every look.
  std::optional<TimePoint> absent = std::nullopt;
  bool operator==(const DeviceClass&) const = default;
};

struct DeviceClassesKey {
  using Fact = std::vector<DeviceClass>;  // in the file's order
  auto operator<=>(const DeviceClassesKey&) const = default;
};
}  // namespace checklist
