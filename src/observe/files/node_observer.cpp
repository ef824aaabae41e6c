// SPDX-License-Identifier: MIT
#include "observe/files/node_observer.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "parse/acl.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t longest = 4096;  // of a symlink target, and of an ACL (some 500 entries)

NodeType type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return NodeType::directory;
    case S_IFLNK:
      return NodeType::symlink;
    case S_IFCHR:
      return NodeType::character;
    case S_IFBLK:
      return NodeType::block;
    default:
      return NodeType::other;
  }
}

Observed<Node> unseen(const std::string& path, int error) {
  if (error == ENOENT || error == ENOTDIR) {
    return Node{};
  }
  const bool denied = error == EACCES || error == EPERM;
  return Unseen{denied ? "permission" : "unsupported",
                "cannot access " + path + ": " + std::system_category().message(error),
                denied ? "let checklistd search the directories above " + path : ""};
}

std::string link_at(const std::string& path) {
  std::string out(longest, '\0');
  const auto size = ::readlink(path.c_str(), out.data(), out.size());
  out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return out;
}

std::optional<Acl> acl_at(const std::string& path) {
  std::array<char, longest> bytes{};
  const auto size =
      ::lgetxattr(path.c_str(), "system.posix_acl_access", bytes.data(), bytes.size());
  return size > 0 ? parse::access_acl({bytes.data(), static_cast<std::size_t>(size)})
                  : std::nullopt;
}

bool is_mounted_nodev(const std::string& path) {
  struct statvfs mounted {};

  return ::statvfs(path.c_str(), &mounted) == 0 && (mounted.f_flag & ST_NODEV) != 0;
}
}  // namespace

Observed<Node> node_at(const std::string& path) {
  struct stat status {};

  if (::lstat(path.c_str(), &status) != 0) {
    return unseen(path, errno);
  }
  Node out;
  out.type = type_of(status.st_mode);
  out.permissions.mode = status.st_mode & 07777U;
  out.permissions.uid = status.st_uid;
  out.permissions.gid = status.st_gid;
  if (out.type == NodeType::symlink) {
    out.link = link_at(path);
    return out;
  }
  out.permissions.acl = acl_at(path);
  if (out.type == NodeType::character || out.type == NodeType::block) {
    out.major = major(status.st_rdev);
    out.minor = minor(status.st_rdev);
    out.no_dev = is_mounted_nodev(path);
  }
  return out;
}

NodeObserver::NodeObserver(event::Loop& loop, Put<NodeKey> put, std::string root)
    : PathObserver(loop, std::move(put), std::move(root),
                   [](const std::string& prefix, const NodeKey& key) {
                     return node_at(prefix + key.path);
                   }) {}
}  // namespace checklist::observe
