// SPDX-License-Identifier: MIT
// A listening socket on the loop: a new one, or one passed by the service manager.
#pragma once
#include <functional>
#include <string>

#include <sys/types.h>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "http/endpoint.hpp"

namespace checklist::http {
// A socket file, removed on destruction unless another file has replaced it.
class SocketFile {
 public:
  SocketFile() = default;
  explicit SocketFile(std::string path);
  SocketFile(SocketFile&& other) noexcept;
  SocketFile& operator=(SocketFile&& other) noexcept;
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;
  ~SocketFile();

 private:
  std::string path_;  // empty: none
  ino_t inode_ = 0;
};

struct ListeningSocket {
  event::Fd fd;
  SocketFile file;
};

// Both throw std::system_error, whose text names the address: in use, permission denied, not a
// listening stream socket. bind_socket() replaces a stale unix socket.
[[nodiscard]] ListeningSocket bind_socket(const Endpoint& address);
[[nodiscard]] ListeningSocket adopt_socket(event::Fd passed);

class Listener {
 public:
  // `accepted` takes ownership of each connection, which is non-blocking and close-on-exec. When
  // descriptors or memory run out, accepting pauses for `pause`.
  Listener(event::Loop& loop, ListeningSocket socket, Duration pause,
           std::function<void(event::Fd)> accepted);

  [[nodiscard]] Endpoint address() const;

 private:
  void accept_some();

  event::Loop& loop_;
  SocketFile file_;
  Duration pause_;
  std::function<void(event::Fd)> accepted_;
  event::Source ready_;  // owns the socket
  event::Source again_;
};
}  // namespace checklist::http
