// SPDX-License-Identifier: MIT
// Which place of which file system a path leads to, by the text of /proc/PID/mountinfo
// (proc_pid_mountinfo(5)): two processes that are told different places see different files there.
#pragma once
#include <string>
#include <string_view>

namespace checklist::parse {
struct MountPlace {
  std::string device;  // "8:1"
  std::string path;    // within that file system
  bool operator==(const MountPlace&) const = default;
};

// Empty where nothing is mounted above the path.
MountPlace mount_place(std::string_view mountinfo, std::string_view path);
}  // namespace checklist::parse
