// SPDX-License-Identifier: MIT
// A client for tests of the server, on the same loop: what it is sent is collected as it comes.
#pragma once
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "http/endpoint.hpp"

namespace checklist::http {
struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// Cuts the first complete answer off the front, if there is one.
inline std::optional<Answer> take_answer(std::string& bytes, bool has_body = true) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) {
    return std::nullopt;
  }
  Answer out;
  out.status = std::stoi(bytes.substr(bytes.find(' ')));
  for (auto at = bytes.find("\r\n"); at < end; at = bytes.find("\r\n", at + 2)) {
    const std::string line = bytes.substr(at + 2, bytes.find("\r\n", at + 2) - at - 2);
    const auto colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.headers[name] = line.substr(colon + 2);
  }
  const auto length = out.headers.find("content-length");
  const std::size_t size = has_body && length != out.headers.end() ? std::stoul(length->second) : 0;
  if (bytes.size() < end + 4 + size) {
    return std::nullopt;
  }
  out.body = bytes.substr(end + 4, size);
  bytes.erase(0, end + 4 + size);
  return out;
}

class Client {
 public:
  Client(event::Loop& loop, const Endpoint& address, int receive_buffer = 0)
      : fd_(connected(address, receive_buffer)),
        readable_(loop.borrowed_io(fd_.get(), EPOLLIN, [this](std::uint32_t) { read(); })) {}

  void send(std::string_view text) {
    if (::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(text.size())) {
      closed_ = true;
    }
  }

  void get(const std::string& target, const std::string& headers = "") {
    send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
  }

  [[nodiscard]] std::optional<Answer> answer(bool has_body = true) {
    return take_answer(received_, has_body);
  }

  [[nodiscard]] const std::string& received() const { return received_; }

  [[nodiscard]] bool closed() const { return closed_; }

  void stop_reading() { readable_.wait_for(0); }

  void stop_writing() { (void)::shutdown(fd_.get(), SHUT_WR); }

  static event::Fd connected(const Endpoint& address, int receive_buffer = 0) {
    const SocketAddress kernel = to_kernel(address);
    event::Fd fd(::socket(kernel.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (receive_buffer > 0) {
      (void)setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    // Blocking: the kernel answers for the listening socket.
    if (::connect(fd.get(), kernel.raw(), kernel.length) != 0) {
      throw std::system_error(errno, std::generic_category(), "connect to " + to_text(address));
    }
    return fd;
  }

 private:
  void read() {
    std::array<char, 16384> buffer{};
    const auto size = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size > 0) {
      received_.append(buffer.data(), static_cast<std::size_t>(size));
    } else if (size == 0 || errno != EAGAIN) {
      closed_ = true;
      readable_ = {};
    }
  }

  event::Fd fd_;
  std::string received_;
  bool closed_ = false;
  event::Source readable_;
};
}  // namespace checklist::http
