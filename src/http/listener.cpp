// SPDX-License-Identifier: MIT
#include "http/listener.hpp"

#include <cerrno>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace checklist::http {
namespace {
constexpr int accepts_per_turn = 16;
constexpr int looks_per_turn = 256;  // including clients that have left

void must(int result, const std::string& context) {
  if (result < 0) {
    throw std::system_error(errno, std::generic_category(), context);
  }
}

std::optional<ino_t> inode_of_socket(const std::string& path) {
  struct stat status {};

  if (lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) {
    return std::nullopt;
  }
  return status.st_ino;
}

event::Fd stream_socket(const SocketAddress& address, const std::string& context) {
  const int kind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
  event::Fd fd(::socket(address.storage.ss_family, kind, 0));
  must(fd.get(), context);
  return fd;
}

// Removes the socket file of a daemon that was killed: connecting to it is refused.
void remove_stale(const std::string& path, const SocketAddress& address,
                  const std::string& context) {
  if (!inode_of_socket(path)) {
    return;
  }
  const event::Fd probe = stream_socket(address, context);
  if (::connect(probe.get(), address.raw(), address.length) != 0 && errno == ECONNREFUSED) {
    must(::unlink(path.c_str()), context);
  }
}

// Returns whether the client has closed the connection, or only its side of it.
bool has_left(int fd) {
  pollfd each{.fd = fd, .events = POLLRDHUP, .revents = 0};
  return ::poll(&each, 1, 0) > 0;
}

int option_of(int fd, int option) {
  int value = 0;
  socklen_t length = sizeof value;
  must(getsockopt(fd, SOL_SOCKET, option, &value, &length), "passed socket");
  return value;
}
}  // namespace

SocketFile::SocketFile(std::string path)
    : path_(std::move(path)), inode_(inode_of_socket(path_).value_or(0)) {}

SocketFile::SocketFile(SocketFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), inode_(other.inode_) {}

SocketFile& SocketFile::operator=(SocketFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(inode_, other.inode_);
  return *this;
}

SocketFile::~SocketFile() {
  if (!path_.empty() && inode_of_socket(path_) == inode_) {
    (void)::unlink(path_.c_str());  // otherwise the next start removes it as stale
  }
}

ListeningSocket bind_socket(const Endpoint& address) {
  const std::string context = "listen on '" + to_text(address) + "'";
  const SocketAddress kernel = to_kernel(address);
  const auto* unix_address = std::get_if<UnixAddress>(&address);
  ListeningSocket out{.fd = stream_socket(kernel, context), .file = {}};
  if (unix_address != nullptr) {
    remove_stale(unix_address->path, kernel, context);
  } else {
    const int on = 1;
    must(setsockopt(out.fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), context);
  }
  must(::bind(out.fd.get(), kernel.raw(), kernel.length), context);
  if (unix_address != nullptr) {
    out.file = SocketFile(unix_address->path);
    // No client can connect before listen(2), so the mode is never too wide.
    must(::chmod(unix_address->path.c_str(), unix_address->mode), context);
  }
  must(::listen(out.fd.get(), SOMAXCONN), context);
  return out;
}

ListeningSocket adopt_socket(event::Fd passed) {
  const int fd = passed.get();
  const int family = option_of(fd, SO_DOMAIN);
  const bool is_known = family == AF_INET || family == AF_INET6 || family == AF_UNIX;
  if (!is_known || option_of(fd, SO_TYPE) != SOCK_STREAM || option_of(fd, SO_ACCEPTCONN) == 0) {
    throw std::system_error(ESOCKTNOSUPPORT, std::generic_category(), "passed socket");
  }
  must(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK), "passed socket");
  must(fcntl(fd, F_SETFD, FD_CLOEXEC), "passed socket");
  return {.fd = std::move(passed), .file = {}};
}

Listener::Listener(event::Loop& loop, ListeningSocket socket, Duration pause, Events events)
    : loop_(loop),
      file_(std::move(socket.file)),
      pause_(pause),
      events_(std::move(events)),
      ready_(loop, std::move(socket.fd), EPOLLIN, [this](std::uint32_t) { accept_some(); }),
      again_(loop.timer([this] { ready_.wait_for(EPOLLIN); })) {}

Endpoint Listener::address() const {
  SocketAddress out;
  must(getsockname(ready_.fd(), out.raw(), &out.length), "listening socket");
  return from_kernel(out);
}

// While there are more clients than are accepted in a turn, those that have left are not served:
// each would cost as much as one that waits.
void Listener::accept_some() {
  int accepted = 0;
  for (int i = 0; i < looks_per_turn && accepted < accepts_per_turn; ++i) {
    event::Fd fd(accept4(ready_.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (fd.get() >= 0) {
      if (!is_crowded_ || events_.keep_half_closed || !has_left(fd.get())) {
        ++accepted;
        events_.accepted(std::move(fd));
      }
      continue;
    }
    if (errno == EAGAIN) {
      is_crowded_ = false;
      return;
    }
    if ((errno == EMFILE || errno == ENFILE) && events_.make_room && events_.make_room()) {
      continue;
    }
    // Other errors are those of a connection that has failed in between (accept(2)): try the next.
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      ready_.wait_for(0);  // the socket stays readable, so the loop would spin
      again_.arm_at(loop_.now() + pause_);
      return;
    }
  }
  is_crowded_ = true;
}
}  // namespace checklist::http
