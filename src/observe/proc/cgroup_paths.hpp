// SPDX-License-Identifier: MIT
// Maps cgroup ids to paths. The id of a cgroup is the inode number of its directory, so paths are
// found by walking cgroupfs: open_by_handle_at(2) would need CAP_DAC_READ_SEARCH.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace checklist::observe {
class CgroupPaths {
 public:
  explicit CgroupPaths(std::string root) : root_(std::move(root)) {}

  // Looks up these ids and drops all others. Walks the tree only if one of them is new; an id that
  // was not found is not searched for again, because its cgroup was removed or is outside of our
  // cgroup namespace. Throws Shortage.
  void look_up(const std::set<std::uint64_t>& ids);

  // Returns the path, such as "/system.slice/x.service"; empty if it is unknown.
  [[nodiscard]] std::string path(std::uint64_t id) const;

 private:
  std::string root_;
  std::map<std::uint64_t, std::string> known_;  // empty: not found
};

// Returns the mount point of cgroup v2: /sys/fs/cgroup, or /sys/fs/cgroup/unified on systems with
// the hybrid hierarchy.
std::string unified_hierarchy();
}  // namespace checklist::observe
