// SPDX-License-Identifier: MIT
// A listening socket on the loop: a new one, or one passed by the service manager.
#pragma once
#include <functional>
#include <string>

#include <sys/types.h>

#include "event/background.hpp"
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
  struct Events {
    // Takes ownership of a connection, which is non-blocking and close-on-exec.
    std::function<void(event::Fd)> accepted;
    // Called without a free descriptor. Returns whether it has closed another connection. Optional.
    std::function<bool()> make_room;
    // Whether clients that have closed their side are served, however many others there are.
    bool keep_half_closed = false;
  };

  // When descriptors or memory run out and no room can be made, accepting pauses for `pause`.
  Listener(event::Loop& loop, ListeningSocket socket, Duration pause, Events events);

  [[nodiscard]] Endpoint address() const;

 private:
  void accept_some();

  event::Loop& loop_;
  SocketFile file_;
  Duration pause_;
  Events events_;
  event::Background ready_;  // owns the socket
  event::Source again_;
  bool is_crowded_ = false;  // the last turn has left clients waiting
};
}  // namespace checklist::http
