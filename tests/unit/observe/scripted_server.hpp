// SPDX-License-Identifier: MIT
// A server on the test's own loop that does to each connection what its script says.
#pragma once
#include <functional>
#include <list>
#include <string>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "event/loop.hpp"
#include "support/sockets.hpp"

namespace checklist::testing {
// Bytes to send a piece at a time, of which it counts what the peer took.
struct Script {
  std::string text{};         // sent after something was received
  Duration between{};         // a byte at a time with such a pause; zero: at once
  std::size_t times = 1;      // how often the text is sent
  bool stays = false;         // and then keeps the connection open
  bool speaks_first = false;  // instead of waiting for a question
  std::size_t sent = 0;       // of all connections
  std::size_t connections = 0;
  std::string received{};  // of all connections
};

class ScriptedServer {
 public:
  ScriptedServer(event::Loop& loop, BoundSocket socket, Script& script)
      : loop_(loop),
        socket_(std::move(socket)),
        script_(script),
        ready_(loop.borrowed_io(socket_.fd, EPOLLIN, [this](std::uint32_t) { accept(); })) {
    must(::listen(socket_.fd, SOMAXCONN), "listen");  // many may call within one turn
  }

  [[nodiscard]] std::string port() const { return std::to_string(socket_.port); }

 private:
  struct Connection {
    BoundSocket socket;
    std::size_t sent = 0;
    event::Source ready{};
    event::Source pause{};
  };

  void accept() {
    const int fd = ::accept4(socket_.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      return;
    }
    ++script_.connections;
    auto& made = connections_.emplace_back(Connection{.socket = BoundSocket(fd)});
    made.pause = loop_.timer([this, &made] { speak(made); });
    made.ready = loop_.borrowed_io(fd, script_.speaks_first ? EPOLLOUT : EPOLLIN,
                                   [this, &made](std::uint32_t) { turn(made); });
  }

  void turn(Connection& connection) {
    std::array<char, 4096> bytes{};
    const auto got = ::recv(connection.socket.fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) {
      script_.received.append(bytes.data(), static_cast<std::size_t>(got));
    } else if (got == 0) {
      close(connection);
      return;
    }
    speak(connection);
  }

  void speak(Connection& connection) {
    const std::size_t whole = script_.text.size() * script_.times;
    if (connection.sent >= whole) {
      script_.stays ? connection.ready.wait_for(EPOLLIN) : close(connection);
      return;
    }
    const std::size_t from = connection.sent % script_.text.size();
    const std::size_t count = script_.between.count() > 0 ? 1 : script_.text.size() - from;
    const auto sent = ::send(connection.socket.fd, script_.text.data() + from, count,
                             MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) {
      close(connection);
      return;
    }
    connection.sent += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    script_.sent += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    if (script_.between.count() > 0) {
      connection.ready.wait_for(EPOLLIN);
      connection.pause.arm_at(loop_.now() + script_.between);
    } else {
      connection.ready.wait_for(EPOLLOUT);
    }
  }

  void close(Connection& connection) {
    connections_.remove_if([&connection](const Connection& each) { return &each == &connection; });
  }

  event::Loop& loop_;
  BoundSocket socket_;
  Script& script_;
  std::list<Connection> connections_;
  event::Source ready_;
};
}  // namespace checklist::testing
