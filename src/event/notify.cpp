// SPDX-License-Identifier: MIT
#include "event/notify.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <system_error>

#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

#include "event/fd.hpp"

namespace checklist::event {
namespace {
Fd connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    return Fd();
  }
  path.copy(&address.sun_path[0], path.size());
  if (path.front() == '@') {  // an abstract socket
    address.sun_path[0] = '\0';
  }
  Fd out(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  const bool is_connected =
      ::connect(out.get(), reinterpret_cast<const sockaddr*>(&address), length) == 0;
  return is_connected ? std::move(out) : Fd();
}

// Keeps its socket open, where sd_notify(3) opens one for each message: a process without a free
// descriptor still sends the pings of its watchdog.
class Channel {
 public:
  // Fails without a service manager, as in a terminal; callers need not handle that.
  void send(const std::string& state, int flags) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    if (path == nullptr || path != path_) {
      path_ = path == nullptr ? "" : path;
      socket_ = connect_to(path_);
    }
    if (!send_once(state, flags) && errno != EAGAIN) {
      socket_ = connect_to(path_);
      (void)send_once(state, flags);
    }
  }

 private:
  [[nodiscard]] bool send_once(const std::string& state, int flags) const {
    return ::send(socket_.get(), state.data(), state.size(), MSG_NOSIGNAL | flags) >= 0;
  }

  std::string path_;
  Fd socket_;
};

Channel& channel() {
  static Channel out;
  return out;
}

// Waits while the manager's queue is full.
void notify(const std::string& state) {
  channel().send(state, 0);
}

// Drops the message if the manager's queue is full: the loop must not wait.
void notify_if_possible(const std::string& state) {
  channel().send(state, MSG_DONTWAIT);
}

// Returns 0 without WatchdogSec=.
Duration watchdog_period() {
  std::uint64_t usec = 0;
  return sd_watchdog_enabled(0, &usec) > 0 ? Duration(usec) : Duration{};
}

// sd_listen_fds_with_names(3) returns a null-terminated list allocated with malloc(3).
struct FreeNames {
  void operator()(char** names) const {
    // NOLINTBEGIN(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
    for (char** name = names; *name != nullptr; ++name) {
      std::free(*name);
    }
    std::free(static_cast<void*>(names));
    // NOLINTEND(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
  }
};
}  // namespace

void notify_ready() {
  notify("READY=1");
}

void notify_status(const std::string& line) {
  std::string status = "STATUS=" + line;
  std::replace(status.begin(), status.end(), '\n', ' ');  // would begin another assignment
  notify_if_possible(status);
}

void notify_stopping() {
  notify("STOPPING=1");
}

Reloading::Reloading() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto usec = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(usec));
}

Reloading::~Reloading() {
  notify_ready();
}

Watchdog::Watchdog(Loop& loop)
    : loop_(loop), interval_(watchdog_period() / 4), due_(loop.timer([this] { ping(); })) {
  if (interval_ > Duration{}) {
    ping();
  }
}

void Watchdog::ping() {
  notify_if_possible("WATCHDOG=1");
  due_.arm_at(loop_.now() + interval_);
}

std::vector<PassedSocket> passed_sockets() {
  char** raw_names = nullptr;
  const int count = sd_listen_fds_with_names(1, &raw_names);
  if (count < 0) {
    throw std::system_error(-count, std::generic_category(), "passed sockets");
  }
  const std::unique_ptr<char*, FreeNames> names(raw_names);
  std::vector<PassedSocket> out;
  out.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    out.push_back({.fd = SD_LISTEN_FDS_START + i, .name = raw_names[i]});
  }
  return out;
}
}  // namespace checklist::event
