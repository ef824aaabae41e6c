// SPDX-License-Identifier: MIT
// Real listening sockets on kernel-chosen ports and temporary paths, gone with their variable.
#pragma once
#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace checklist::testing {
struct BoundSocket {
  explicit BoundSocket(int descriptor) : fd(descriptor) {}

  BoundSocket(BoundSocket&& other) noexcept : fd(std::exchange(other.fd, -1)), port(other.port) {}

  BoundSocket(const BoundSocket&) = delete;
  BoundSocket& operator=(const BoundSocket&) = delete;
  BoundSocket& operator=(BoundSocket&&) = delete;

  ~BoundSocket() {
    if (fd >= 0) {
      ::close(fd);
    }
  }

  int fd;
  std::uint16_t port = 0;
};

inline void must(int result, const char* what) {
  if (result < 0) {
    throw std::runtime_error(what);
  }
}

inline BoundSocket listen_on(int type, const std::string& address) {
  const bool v6 = address.find(':') != std::string::npos;
  sockaddr_storage name{};
  socklen_t size = v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  name.ss_family = v6 ? AF_INET6 : AF_INET;
  void* host = v6 ? static_cast<void*>(&reinterpret_cast<sockaddr_in6*>(&name)->sin6_addr)
                  : static_cast<void*>(&reinterpret_cast<sockaddr_in*>(&name)->sin_addr);
  must(::inet_pton(name.ss_family, address.c_str(), host) - 1, "inet_pton");
  BoundSocket socket(::socket(name.ss_family, type | SOCK_CLOEXEC, 0));
  must(::bind(socket.fd, reinterpret_cast<sockaddr*>(&name), size), "bind");
  must(type == SOCK_STREAM ? ::listen(socket.fd, 8) : 0, "listen");
  must(::getsockname(socket.fd, reinterpret_cast<sockaddr*>(&name), &size), "getsockname");
  socket.port = ntohs(v6 ? reinterpret_cast<sockaddr_in6*>(&name)->sin6_port
                         : reinterpret_cast<sockaddr_in*>(&name)->sin_port);
  return socket;
}

inline BoundSocket bind_path(int type, const std::string& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::copy_n(path.c_str(), std::min(path.size() + 1, sizeof(name.sun_path)), name.sun_path);
  BoundSocket socket(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
  must(::bind(socket.fd, reinterpret_cast<sockaddr*>(&name), sizeof(name)), "bind");
  return socket;
}

inline BoundSocket listen_on_path(int type, const std::string& path) {
  BoundSocket socket = bind_path(type, path);
  must(type == SOCK_DGRAM ? 0 : ::listen(socket.fd, 8), "listen");
  return socket;
}
}  // namespace checklist::testing
