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
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "observe/files/own_sandbox.hpp"
#include "parse/acl.hpp"
#include "parse/programs/file_capabilities.hpp"

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

std::string link_of(int node) {
  std::string out(longest, '\0');
  const auto size = ::readlinkat(node, "", out.data(), out.size());
  out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return out;
}

// Returns what `parse` makes of an extended attribute. Neither needs the right to read the file.
template <class T>
std::optional<T> attribute_of(int node, const char* name,
                              std::optional<T> (*parse)(std::string_view)) {
  const std::string path = "/proc/self/fd/" + std::to_string(node);
  std::array<char, longest> bytes{};
  const auto size = ::getxattr(path.c_str(), name, bytes.data(), bytes.size());
  return size > 0 ? parse({bytes.data(), static_cast<std::size_t>(size)}) : std::nullopt;
}

void add_mount(int node, Node& out) {
  struct statfs mounted {};

  if (::fstatfs(node, &mounted) == 0) {
    const auto has = [&mounted](auto flag) { return (mounted.f_flags & flag) != 0; };
    out.no_dev = has(ST_NODEV);
    out.no_exec = has(ST_NOEXEC);
    out.is_namespace = mounted.f_type == NSFS_MAGIC;
  }
}

// devtmpfs and tmpfs report it since Linux 6.0; the time of a change of status is no substitute,
// because udev changes the mode.
std::optional<WallTime> birth_of(int node) {
  struct statx status {};

  if (::statx(node, "", AT_EMPTY_PATH, STATX_BTIME, &status) != 0 ||
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
  return node_in(AT_FDCWD, path);
}

// O_PATH neither opens a device nor mounts a file system that an automount unit is for.
Observed<Node> node_in(int directory, const std::string& name) {
  const event::Fd node(::openat(directory, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));

  struct stat status {};

  if (!node || ::fstat(node.get(), &status) != 0) {
    return unseen(name, errno);
  }
  Node out;
  out.type = type_of(status.st_mode);
  out.permissions.mode = status.st_mode & 07777U;
  out.permissions.uid = status.st_uid;
  out.permissions.gid = status.st_gid;
  if (out.type == NodeType::symlink) {
    out.link = link_of(node.get());
    return out;
  }
  out.permissions.acl = attribute_of(node.get(), "system.posix_acl_access", parse::access_acl);
  if (is_device(out)) {
    out.major = major(status.st_rdev);
    out.minor = minor(status.st_rdev);
    out.born = birth_of(node.get());
    add_mount(node.get(), out);
  } else if (out.type == NodeType::regular) {
    out.capabilities = attribute_of(node.get(), "security.capability", parse::file_capabilities);
    add_mount(node.get(), out);
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

NodeObserver::NodeObserver(event::Loop& loop, Put<NodeKey> put, RootFacts& root_facts,
                           std::string root)
    : NodeObserver(loop, std::move(put), root_facts, std::move(root),
                   std::make_shared<Histories>()) {}

NodeObserver::NodeObserver(event::Loop& loop, Put<NodeKey> put, RootFacts& root_facts,
                           std::string root, std::shared_ptr<Histories> histories)
    : PathObserver(loop, std::move(put), std::move(root),
                   [&loop, &root_facts, histories](const std::string& prefix, const NodeKey& key) {
                     Observed<Node> seen = node_at(prefix + key.path);
                     if (auto why = is_missing(seen) ? hidden_from_us(key.path) : std::nullopt) {
                       seen = std::move(*why);
                     }
                     if (!seen) {
                       return root_could_see(seen.unseen())
                                  ? root_facts.node(key.path, seen.unseen())
                                  : seen;
                     }
                     return Observed<Node>((*histories)[key.path].with_age(*seen, loop.now()));
                   }),
      histories_(std::move(histories)) {}

void NodeObserver::follow(const std::set<NodeKey>& keys) {
  std::erase_if(*histories_,
                [&keys](const auto& each) { return !keys.contains(NodeKey{each.first}); });
  PathObserver::follow(keys);
}
}  // namespace checklist::observe
