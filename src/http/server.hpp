// SPDX-License-Identifier: MIT
// An HTTP server on the loop: libmicrohttpd without a listening socket of its own, so that all
// limits are ours. A slow or hostile client costs bounded memory and time, and when all connections
// are taken the one that has gone longest without a finished request leaves: a scrape always gets
// through.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "http/address.hpp"
#include "http/message.hpp"
#include "http/peer.hpp"
#include "http/reply.hpp"

namespace checklist::http {
struct Options {
  std::size_t connections = 64;
  std::size_t long_polls = 32;                       // more get 503
  std::size_t request_bytes = 8192;                  // of memory a connection
  Duration request_time = std::chrono::seconds{10};  // for a whole request, since the former one
  Duration answer_time = std::chrono::seconds{10};   // for taking a whole answer
  Duration accept_pause = std::chrono::seconds{1};   // when descriptors ran out
  std::function<Peer(int fd)> peer = peer_of;        // who is at the other end
  std::function<void(const std::string&)> log;       // what the library says of clients; optional
};

// Reads are all there is: another method than GET and HEAD gets 405, a body 413, and on a loopback
// address a foreign Host 421.
class Server {
 public:
  // Called once a request's headers are complete; what it throws leaves the loop.
  using Handler = std::function<void(const Request&, Reply)>;

  Server(event::Loop& loop, Options options, Handler handler);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  Server(Server&&) = delete;
  Server& operator=(Server&&) = delete;
  // Answers 503 to those who wait and closes all connections; not from within the handler.
  ~Server();

  // Both return where it listens now and throw std::system_error, whose text names the address.
  Address listen(const Address& address);
  Address adopt(int fd);  // takes a listening socket over

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t long_polls() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};
}  // namespace checklist::http
