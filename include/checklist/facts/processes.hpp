// SPDX-License-Identifier: MIT
// The kernel's view of a running process and of a unit's cgroup: the values in force.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// A resource limit of a process; UINT64_MAX: infinity.
struct Limit {
  std::uint64_t soft = UINT64_MAX;
  std::uint64_t hard = UINT64_MAX;
  bool operator==(const Limit&) const = default;
};

// A process, from /proc/PID/{stat,status,limits,oom_score_adj} (proc(5)).
struct Process {
  TimePoint started;                                    // when it was forked
  std::uint32_t uid = 0;                                // effective
  std::uint32_t gid = 0;                                // effective
  std::vector<std::uint32_t> groups{};                  // supplementary, sorted
  std::map<std::string, std::uint64_t> capabilities{};  // by line name: "CapBnd", "CapEff", …
  bool is_stopped = false;                              // by a signal, until SIGCONT
  bool no_new_privileges = false;
  std::uint32_t seccomp = 0;              // 0: none, 1: strict, 2: a filter
  std::map<std::string, Limit> limits{};  // by systemd's directive: "LimitNOFILE"
  std::int32_t oom_score_adjust = 0;
  std::int32_t nice = 0;
  std::uint32_t umask = 0;
  bool operator==(const Process&) const = default;
};

// Unseen "gone" if the process has exited.
struct ProcessKey {
  std::uint32_t pid = 0;
  using Fact = Process;
  auto operator<=>(const ProcessKey&) const = default;
};

// A process of a cgroup, or of one below it.
struct Member {
  std::uint32_t pid = 0;
  TimePoint started;   // when it was forked
  std::string cgroup;  // of the process, below the key's: "", "/app"
  bool is_zombie = false;
  bool operator==(const Member&) const = default;
};

struct MembersKey {
  std::string cgroup;                // below the cgroup root: "/system.slice/x.service"
  using Fact = std::vector<Member>;  // oldest first, at most 64
  auto operator<=>(const MembersKey&) const = default;
};

// The open descriptors of a process, in tenths of its soft LimitNOFILE=, rounded down.
struct DescriptorsKey {
  std::uint32_t pid = 0;
  using Fact = std::uint64_t;
  auto operator<=>(const DescriptorsKey&) const = default;
};

// Files that processes of a cgroup hold, as only root can see them.
struct HeldFiles {
  std::vector<std::string>
      replaced{};  // mapped programs and libraries that were deleted or replaced
  std::vector<std::string> devices{};      // the nodes that are open: "c 195:0", sorted
  std::vector<std::uint32_t> listening{};  // processes that hold a listening socket, sorted
  bool operator==(const HeldFiles&) const = default;
};

struct HeldFilesKey {
  std::string cgroup;
  using Fact = HeldFiles;
  auto operator<=>(const HeldFilesKey&) const = default;
};

// A mount in a process's namespace, from /proc/PID/mountinfo (proc(5)).
struct Mount {
  std::string path;  // the mount point
  std::string root;  // the directory of the file system that is mounted
  std::string type;  // of the file system: "tmpfs", "ext4", …
  std::string source;
  std::vector<std::string> options{};  // of the mount and of the file system, sorted
  bool operator==(const Mount&) const = default;
};

struct MountsKey {
  std::uint32_t pid = 0;
  using Fact = std::vector<Mount>;  // in the file's order: a later mount covers an earlier one
  auto operator<=>(const MountsKey&) const = default;
};

// The base of percentages in unit files (systemd.resource-control(5)), and what processes can be
// bound to.
struct Machine {
  std::uint64_t memory = 0;            // bytes
  std::uint64_t tasks = 0;             // the kernel's limit
  std::vector<std::uint32_t> cpus{};   // those online; empty if that is not known
  std::vector<std::uint32_t> nodes{};  // likewise the NUMA nodes with memory
  bool operator==(const Machine&) const = default;
};

struct MachineKey {
  using Fact = Machine;
  auto operator<=>(const MachineKey&) const = default;
};

// The settings of a cgroup, by file: "memory.max" → "max". A missing file has no entry:
// its controller is not enabled.
struct CgroupKey {
  std::string path;  // below the cgroup root: "/system.slice/x.service"; "" is the root itself
  using Fact = std::map<std::string, std::string>;
  auto operator<=>(const CgroupKey&) const = default;
};
}  // namespace checklist
