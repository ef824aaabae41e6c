// SPDX-License-Identifier: MIT
// Files and directories.
#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// A path as lstat(2) sees it. A missing one is a value: type "missing".
struct FileStatus {
  std::string
      type;  // "regular", "directory", "symlink", "socket", "character", "block", "fifo", "missing"
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t device = 0;  // st_dev, as sock_diag spells devices
  std::uint64_t inode = 0;
  std::string target;  // what a symlink resolves to, fully; empty: nothing is there
  std::string link{};  // what a symlink says, as it stands
  std::uint64_t size = 0;
  WallTime modified{};
  bool operator==(const FileStatus&) const = default;
};

struct FileKey {
  std::string path;
  using Fact = FileStatus;
  auto operator<=>(const FileKey&) const = default;
};

// The paths that a glob(7) pattern finds.
struct GlobKey {
  std::string pattern;
  using Fact = std::vector<std::string>;  // sorted
  auto operator<=>(const GlobKey&) const = default;
};
}  // namespace checklist
