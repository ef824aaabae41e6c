// SPDX-License-Identifier: MIT
#include "observe/journal/journald_watch.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration interval = 3s;
constexpr Duration until_sure = 1s;

bool is_refused(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return false;
  }
  std::memcpy(&address.sun_path[0], path.data(), path.size());
  const event::Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets API
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  return socket && ::connect(socket.get(), generic, sizeof address) != 0 &&
         (errno == ECONNREFUSED || errno == ENOENT);
}
}  // namespace

Unseen no_journald() {
  return {"no_journal", "systemd-journald and its sockets are stopped: messages are lost",
          "run `systemctl start systemd-journald.socket systemd-journald.service`"};
}

JournaldWatch::JournaldWatch(event::Loop& loop, std::string socket, std::function<void()> turned)
    : loop_(loop),
      socket_(std::move(socket)),
      turned_(std::move(turned)),
      next_(loop.timer([this] { look(); })) {}

void JournaldWatch::begin() {
  if (!socket_.empty() && !std::exchange(began_, true)) {
    look();
  }
}

void JournaldWatch::look() {
  const bool was_refused = std::exchange(refused_, is_refused(socket_));
  next_.arm_at(loop_.now() + (refused_ && !was_refused ? until_sure : interval));
  const bool gone = refused_ && was_refused;
  if (std::exchange(gone_, gone) != gone) {
    turned_();
  }
}
}  // namespace checklist::observe
