// SPDX-License-Identifier: MIT
// Files and directories.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// A path as lstat(2) reports it. A missing file is a value: type "missing".
struct FileStatus {
  std::string
      type;  // "regular", "directory", "symlink", "socket", "character", "block", "fifo", "missing"
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t device = 0;  // st_dev, as sock_diag spells devices
  std::uint64_t inode = 0;
  std::string target;  // the fully resolved symlink; empty if its target is missing
  std::string link{};  // the content of a symlink
  std::uint64_t size = 0;
  WallTime modified{};
  bool operator==(const FileStatus&) const = default;
};

struct FileKey {
  std::string path;
  using Fact = FileStatus;
  auto operator<=>(const FileKey&) const = default;
};

// Whether the fact about a path or pattern was observed at that moment or later. It was if the
// daemon follows the path itself; checklistd-files.service is asked to look again at others. Unseen
// "stale" if it does not within ten seconds.
struct LookSinceKey {
  std::string path;
  TimePoint since;
  using Fact = bool;  // true
  auto operator<=>(const LookSinceKey&) const = default;
};

// A shared library at the place where ld.so(8) finds it.
struct Library {
  std::string path;  // as ld.so(8) opens it
  std::string real;  // the same without symbolic links; empty if that cannot be seen
  // Whether every user may search the directories of both paths and read the file.
  bool is_public = false;
  bool operator==(const Library&) const = default;
};

// What execve(2) needs to run a file: its interpreter, and the shared libraries that it names.
struct Program {
  enum class Format {
    elf,
    script,
    other,
    foreign,   // ELF for another architecture
    truncated  // ELF without all of its segments
  };
  Format format = Format::other;
  std::string interpreter;                       // of "#!" or PT_INTERP; empty if there is none
  std::vector<std::string> missing_libraries{};  // DT_NEEDED names that ld.so(8) would not find
  // Likewise in the secure-execution mode of ld.so(8), which ignores $ORIGIN. Includes those above.
  std::vector<std::string> missing_if_secure{};
  std::vector<std::string> unseen_libraries{};  // names that may be where checklistd cannot look
  std::vector<std::string> broken_libraries{};  // paths of found ones that are no whole ELF files
  std::vector<Library> libraries{};             // those that are found
  bool operator==(const Program&) const = default;
};

struct ProgramKey {
  std::string path;
  using Fact = Program;
  auto operator<=>(const ProgramKey&) const = default;
};

// A file of the format of os-release(5). A missing one is a value.
struct ReleaseFile {
  bool exists = false;
  std::map<std::string, std::string> fields{};  // without quotes
  bool is_for_any_name = false;  // user.extension-release.strict is false (systemd-sysext(8))
  bool operator==(const ReleaseFile&) const = default;
};

struct ReleaseFileKey {
  std::string path;
  using Fact = ReleaseFile;
  auto operator<=>(const ReleaseFileKey&) const = default;
};

// When the first certificate in a file expires.
struct CertificateKey {
  std::string path;
  using Fact = WallTime;
  auto operator<=>(const CertificateKey&) const = default;
};

// The paths that match a glob(7) pattern.
struct GlobKey {
  std::string pattern;
  using Fact = std::vector<std::string>;  // sorted
  auto operator<=>(const GlobKey&) const = default;
};
}  // namespace checklist
