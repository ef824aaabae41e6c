// SPDX-License-Identifier: MIT
// A listening socket on the loop: our own or one the service manager passed.
#pragma once
#include <functional>
#include <string>

#include <sys/types.h>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "http/address.hpp"

namespace checklist::http {
// A socket file of our own making, removed unless somebody else has put another in its place.
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

// Both throw std::system_error, whose text names the address: taken, not permitted, not a listening
// stream socket. A unix socket that nobody listens on any more is replaced.
[[nodiscard]] ListeningSocket bind_socket(const Address& address);
[[nodiscard]] ListeningSocket adopt_socket(event::Fd passed);

class Listener {
 public:
  // `accepted` owns what it is given: non-blocking, close-on-exec. Out of descriptors or memory,
  // nothing is accepted for the length of the pause.
  Listener(event::Loop& loop, ListeningSocket socket, Duration pause,
           std::function<void(event::Fd)> accepted);

  [[nodiscard]] Address address() const;

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
