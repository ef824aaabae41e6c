// SPDX-License-Identifier: MIT
#include "observe/files/file_status.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "observe/files/directory.hpp"

namespace checklist::observe {
namespace {
// Year 2160. utimensat(2) accepts any time; later ones are clamped, so that no clock overflows.
constexpr std::int64_t latest = 6'000'000'000;

std::string type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return "regular";
    case S_IFDIR:
      return "directory";
    case S_IFLNK:
      return "symlink";
    case S_IFSOCK:
      return "socket";
    case S_IFCHR:
      return "character";
    case S_IFBLK:
      return "block";
    default:
      return "fifo";
  }
}

FileStatus missing() {
  FileStatus out;
  out.type = "missing";
  return out;
}

std::string link_text(int directory, const std::string& name) {
  std::string out(PATH_MAX, '\0');
  const ssize_t size = ::readlinkat(directory, name.c_str(), out.data(), out.size());
  out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return out;
}

FileStatus status_of(const struct stat& status) {
  FileStatus out;
  out.type = type_of(status.st_mode);
  out.mode = status.st_mode & 07777U;
  out.uid = status.st_uid;
  out.gid = status.st_gid;
  out.device = major(status.st_dev) << 20U | minor(status.st_dev);
  out.inode = status.st_ino;
  out.size = static_cast<std::uint64_t>(status.st_size);
  const auto seconds = std::clamp<std::int64_t>(status.st_mtim.tv_sec, 0, latest);
  out.modified = WallTime{
      std::chrono::seconds{seconds} +
      std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{status.st_mtim.tv_nsec})};
  return out;
}

// Returns the target by the text of the link, without resolving it.
std::string target_of(const std::string& path, const std::string& link) {
  return (std::filesystem::path(path).parent_path() / link).lexically_normal().string();
}
}  // namespace

Observed<FileStatus> file_status(const std::string& root, const std::string& path, Links links) {
  const std::string full = root + path;
  const auto slash = full.rfind('/');
  const std::string name = full.size() > 1 ? full.substr(slash + 1) : ".";
  const event::Fd parent =
      open_directory(slash == 0 ? "/" : full.substr(0, slash), links, Listing::not_needed);

  struct stat status {};

  if (!parent || ::fstatat(parent.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    const int error = errno;
    return error == ENOENT || error == ENOTDIR ? Observed<FileStatus>(missing())
                                               : Observed<FileStatus>(unseen_path(path, error));
  }
  FileStatus out = status_of(status);
  if (out.type == "symlink") {
    out.link = link_text(parent.get(), name);
    std::error_code dangling;  // dangling: the target stays empty
    out.target = links == Links::refuse ? target_of(path, out.link)
                                        : std::filesystem::canonical(full, dangling).string();
  }
  return out;
}
}  // namespace checklist::observe
