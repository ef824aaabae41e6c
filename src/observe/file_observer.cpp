// SPDX-License-Identifier: MIT
#include "observe/file_observer.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace checklist::observe {
namespace {
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
  return {.type = "missing", .target = {}};
}

Unseen unseen(const std::string& path, int error) {
  const bool denied = error == EACCES || error == EPERM;
  return {denied ? "permission" : "unsupported",
          path + " cannot be looked at: " + std::system_category().message(error),
          denied ? "let checklistd search the directories above " + path : ""};
}
}  // namespace

Observed<FileStatus> file_status(const std::string& root, const std::string& path) {
  const std::string full = root == "/" ? path : root + path;

  struct stat status {};

  if (::lstat(full.c_str(), &status) != 0) {
    const int error = errno;
    return error == ENOENT || error == ENOTDIR ? Observed<FileStatus>(missing())
                                               : Observed<FileStatus>(unseen(path, error));
  }
  FileStatus out{.type = type_of(status.st_mode),
                 .mode = status.st_mode & 07777U,
                 .uid = status.st_uid,
                 .gid = status.st_gid,
                 .device = major(status.st_dev) << 20U | minor(status.st_dev),
                 .inode = status.st_ino,
                 .target = {}};
  if (out.type == "symlink") {
    std::error_code dangling;  // leaves the target empty
    out.target = std::filesystem::canonical(full, dangling).string();
  }
  return out;
}

FileObserver::FileObserver(event::Loop& loop, Put<FileKey> put, std::string root)
    : loop_(loop), put_(std::move(put)), root_(std::move(root)) {}

void FileObserver::follow(const std::set<FileKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains(entry.first); });
  for (const FileKey& key : keys) {
    auto& watch = followed_[key];
    if (!watch) {
      watch = std::make_unique<PathWatch>(loop_, root_ == "/" ? key.path : root_ + key.path,
                                          [this, key] { look(key); });
      look(key);
    }
  }
}

void FileObserver::look_again() {
  for (const auto& [key, watch] : followed_) {
    look(key);
  }
}

void FileObserver::look(const FileKey& key) {
  put_(key, file_status(root_, key.path));
}
}  // namespace checklist::observe
