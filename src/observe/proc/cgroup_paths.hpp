// SPDX-License-Identifier: MIT
// Paths of cgroups by their id, which is the inode number of their directory: found by walking
// cgroupfs, since opening one by its id (open_by_handle_at(2)) needs a capability.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace checklist::observe {
class CgroupPaths {
 public:
  explicit CgroupPaths(std::string root) : root_(std::move(root)) {}

  // Makes these ids known, walking only if one of them is new, and forgets the rest. An id that no
  // directory has will never get one: its cgroup was removed, or lies outside of our namespace.
  void look_up(const std::set<std::uint64_t>& ids);

  // "/system.slice/x.service"; empty if it is not known.
  [[nodiscard]] std::string path(std::uint64_t id) const;

  [[nodiscard]] std::uint64_t walks() const { return walks_; }

 private:
  std::string root_;
  std::map<std::uint64_t, std::string> known_;  // empty: looked for in vain
  std::uint64_t walks_ = 0;
};

// Where cgroup v2 is mounted (file-hierarchy(7)): /sys/fs/cgroup, or its "unified" directory where
// v1 is still in use.
std::string unified_hierarchy();
}  // namespace checklist::observe
