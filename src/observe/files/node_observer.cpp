// SPDX-License-Identifier: MIT
#include "observe/files/node_observer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "observe/files/own_sandbox.hpp"
#include "parse/acl.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration at_once = 1s;  // a node that is missing for no longer is the same
constexpr std::size_t most_former = 4;
constexpr std::int64_t latest = 6'000'000'000;  // seconds, in 2160: no clock overflows
constexpr std::size_t longest = 4096;  // of a symlink target, and of an ACL (some 500 entries)

NodeType type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return NodeType::directory;
    case S_IFLNK:
      return NodeType::symlink;
    case S_IFREG:
      return NodeType::regular;
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

bool is_mounted_with(const std::string& path, unsigned long flag) {
  struct statvfs mounted {};

  return ::statvfs(path.c_str(), &mounted) == 0 && (mounted.f_flag & flag) != 0;
}

// devtmpfs and tmpfs report it since Linux 6.0; the time of a change of status is no substitute,
// because udev changes the mode.
std::optional<WallTime> birth_of(const std::string& path) {
  struct statx status {};

  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &status) != 0 ||
      (status.stx_mask & STATX_BTIME) == 0) {
    return std::nullopt;
  }
  return WallTime{
      std::chrono::seconds{std::clamp<std::int64_t>(status.stx_btime.tv_sec, 0, latest)} +
      std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{status.stx_btime.tv_nsec})};
}

bool is_device(const Node& node) {
  return node.type == NodeType::character || node.type == NodeType::block;
}

bool is_missing(const Observed<Node>& seen) {
  return seen && seen->type == NodeType::missing;
}

bool has_same_number(const Node& a, const Node& b) {
  return a.type == b.type && a.major == b.major && a.minor == b.minor;
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
  if (is_device(out)) {
    out.major = major(status.st_rdev);
    out.minor = minor(status.st_rdev);
    out.no_dev = is_mounted_with(path, ST_NODEV);
    out.born = birth_of(path);
  } else if (out.type == NodeType::regular) {
    out.no_exec = is_mounted_with(path, ST_NOEXEC);
  }
  return out;
}

Node NodeHistory::with_age(Node seen, TimePoint now) {
  if (!is_device(seen)) {
    absence_ = Absence{.first = absence_ ? absence_->first : now, .last = now};
    return seen;
  }
  const auto absence = std::exchange(absence_, std::nullopt);
  const auto last = std::exchange(seen_, now);
  const bool is_same = latest_ && has_same_number(*latest_, seen);
  if (is_same && (!absence || now - absence->first <= at_once)) {
    seen.born = latest_->born;
    seen.absent = latest_->absent;
    seen.former = latest_->former;
  } else {
    seen.absent = absence ? std::optional(absence->last) : last;
    retire_latest(absence ? absence->first : now);
    for (const auto& [node, life] : lives_) {
      if (has_same_number(node, seen)) {
        seen.former.push_back(life);
      }
    }
  }
  latest_ = seen;
  return seen;
}

void NodeHistory::retire_latest(TimePoint gone) {
  if (!latest_) {
    return;
  }
  FormerNode life{.born = latest_->born, .absent = latest_->absent, .gone = gone};
  lives_.emplace_back(std::move(*latest_), std::move(life));
  lives_.back().first.former.clear();
  if (lives_.size() > most_former) {
    lives_.erase(lives_.begin());
  }
}

NodeObserver::NodeObserver(event::Loop& loop, Put<NodeKey> put, std::string root)
    : NodeObserver(loop, std::move(put), std::move(root), std::make_shared<Histories>()) {}

NodeObserver::NodeObserver(event::Loop& loop, Put<NodeKey> put, std::string root,
                           std::shared_ptr<Histories> histories)
    : PathObserver(
          loop, std::move(put), std::move(root),
          [&loop, histories](const std::string& prefix, const NodeKey& key) {
            Observed<Node> seen = node_at(prefix + key.path);
            if (auto why = is_missing(seen) ? hidden_from_us(key.path) : std::nullopt) {
              return Observed<Node>(std::move(*why));
            }
            return seen ? Observed<Node>((*histories)[key.path].with_age(*seen, loop.now())) : seen;
          }),
      histories_(std::move(histories)) {}

void NodeObserver::follow(const std::set<NodeKey>& keys) {
  std::erase_if(*histories_,
                [&keys](const auto& each) { return !keys.contains(NodeKey{each.first}); });
  PathObserver::follow(keys);
}
}  // namespace checklist::observe
