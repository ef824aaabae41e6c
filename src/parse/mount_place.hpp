// SPDX-License-Identifier: MIT
// Resolves a path to a file system and the path within it, using /proc/PID/mountinfo
// (proc_pid_mountinfo(5)). If the results of two processes differ, they see different files.
#pragma once
#include <string>
#include <string_view>

namespace checklist::parse {
struct MountPlace {
  std::string device;  // "8:1"
  std::string path;    // within that file system
  bool operator==(const MountPlace&) const = default;
};

// Returns an empty place if nothing is mounted above the path.
MountPlace mount_place(std::string_view mountinfo, std::string_view path);
}  // namespace checklist::parse
