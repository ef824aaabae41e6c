// SPDX-License-Identifier: MIT
// An HTTP server on the loop: libmicrohttpd without a listening socket of its own, so that the
// limits are enforced here. A slow or hostile client costs bounded memory and time. When all
// connections are in use, the one that has gone longest without having been served is closed, so
// that a scrape always succeeds, whatever else is refused.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "http/endpoint.hpp"
#include "http/message.hpp"
#include "http/peer.hpp"
#include "http/protection.hpp"
#include "http/reply.hpp"

namespace checklist::http {
struct Options {
  std::size_t connections = 64;
  std::size_t long_polls = 32;                       // further ones get 503
  std::size_t request_bytes = 8192;                  // memory per connection
  Duration request_time = std::chrono::seconds{10};  // from the previous request to a complete one
  Duration answer_time = std::chrono::seconds{10};   // for the client to read the response
  Duration accept_pause = std::chrono::seconds{1};   // after descriptors ran out
  std::function<Peer(int fd)> peer = peer_of;        // identifies the client
  std::function<void(const std::string&)> log = {};  // the library's messages; optional
  // Called before each TCP connection and each of its requests is served, and may call protect().
  std::function<void()> refresh = {};
};

// Methods other than GET and HEAD get 405, requests with a body 413, and on a loopback address
// requests with another Host 421.
class Server {
 public:
  // Called once per request. Its exceptions end the loop.
  using Handler = std::function<void(const Request&, Reply)>;

  Server(event::Loop& loop, Options options, Handler handler);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  Server(Server&&) = delete;
  Server& operator=(Server&&) = delete;
  // Answers 503 to all long polls and closes all connections. Must not run within the handler.
  ~Server();

  // Both return the address listened on, and throw std::system_error, whose text names it.
  Endpoint listen(const Endpoint& address);
  Endpoint adopt(int fd);  // takes ownership of a listening socket

  // Protects the TCP addresses from now on. Connections keep the TLS that they have; their next
  // requests must satisfy the rest.
  void protect(Protection protection);

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t long_polls() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};
}  // namespace checklist::http
