// SPDX-License-Identifier: MIT
#include "observe/sockets/unix_peer_observer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "event/fd.hpp"
#include "observe/small_file.hpp"
#include "parse/cgroup.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
// A socket is bound before it listens. After these retries, the resync tries again.
constexpr std::array<Duration, 4> retry_after{20ms, 80ms, 250ms, 1s};

std::optional<ucred> credentials(int fd) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? std::optional(peer)
                                                                      : std::nullopt;
}

// Returns 0 or an errno. A non-blocking connect(2) on a unix socket completes immediately.
int call(int fd, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return ENAMETOOLONG;
  }
  std::ranges::copy(path, &address.sun_path[0]);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
  return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 ? 0 : errno;
}

Unseen unseen(const std::string& path, int error) {
  const std::string why =
      "cannot connect to " + path + ": " + std::system_category().message(error);
  if (error == EACCES || error == EPERM) {
    return {"permission", why, "let checklistd connect to " + path};
  }
  return {error == ECONNREFUSED || error == ENOENT ? "refused" : "unsupported", why, ""};
}

Observed<UnixPeer> peer_at(const std::string& root, const std::string& path) {
  int error = EPROTOTYPE;
  for (const int type : {SOCK_STREAM, SOCK_SEQPACKET}) {
    const event::Fd socket(::socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    error = socket ? call(socket.get(), root + path) : errno;
    const auto peer = error == 0 ? credentials(socket.get()) : std::nullopt;
    if (peer) {
      const auto text = small_file(root + "/proc/" + std::to_string(peer->pid) + "/cgroup");
      return UnixPeer{.pid = static_cast<std::uint32_t>(peer->pid),
                      .uid = peer->uid,
                      .cgroup = text ? parse::unified_cgroup(*text).value_or("") : ""};
    }
    if (error != EPROTOTYPE) {
      break;
    }
  }
  return unseen(path, error);
}
}  // namespace

UnixPeerObserver::UnixPeerObserver(event::Loop& loop, Put<UnixPeerKey> put, std::string root)
    : loop_(loop), put_(std::move(put)), root_(std::move(root)) {}

void UnixPeerObserver::follow(const std::set<UnixPeerKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains(entry.first); });
  for (const UnixPeerKey& key : keys) {
    auto [at, is_new] = followed_.try_emplace(key);
    if (is_new) {
      at->second.retry = loop_.timer([this, key] { look(key); });
      at->second.watch = std::make_unique<event::PathWatch>(loop_, root_ + key.path,
                                                            [this, key] { restart_looks(key); });
      look(key);
    }
  }
}

void UnixPeerObserver::look_again() {
  for (const auto& [key, followed] : followed_) {
    restart_looks(key);
  }
}

void UnixPeerObserver::restart_looks(const UnixPeerKey& key) {
  followed_.at(key).retries = 0;
  look(key);
}

void UnixPeerObserver::look(const UnixPeerKey& key) {
  auto& followed = followed_.at(key);

  struct stat status {};

  const bool exists = ::lstat((root_ + key.path).c_str(), &status) == 0;
  const Identity identity{status.st_dev, status.st_ino, status.st_ctim.tv_sec,
                          status.st_ctim.tv_nsec};
  if (exists && followed.answered == identity) {
    return;
  }
  followed.answered = {};
  const auto peer = peer_at(root_, key.path);
  if (peer) {
    followed.answered = identity;
  } else if (exists && followed.retries < retry_after.size()) {
    followed.retry.arm_at(loop_.now() + retry_after.at(followed.retries++));
  }
  put_(key, peer);
}
}  // namespace checklist::observe
