// SPDX-License-Identifier: MIT
// The connections of a server and their deadlines. Independent of the HTTP library. Private to
// src/http.
#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <optional>

#include "access/tls.hpp"
#include "event/loop.hpp"
#include "http/exchange.hpp"
#include "http/peer.hpp"

struct MHD_Connection;

namespace checklist::http {
struct Connection {
  MHD_Connection* handle = nullptr;
  int fd = -1;  // borrowed
  Peer peer;
  TimePoint last_finished;                 // when it was last served, or when it connected
  std::optional<TimePoint> deadline;       // none during a long poll
  std::shared_ptr<Exchange> exchange;      // the current request, once its headers are complete
  event::Source hung_up{};                 // during a long poll, when the library does not read
  std::shared_ptr<const access::Tls> tls;  // null: without TLS
  bool is_served = false;  // whether its latest answer is neither an error nor a refusal
  bool closing = false;

  // Shuts the socket down; the library closes the connection when it runs next.
  void close();
  [[nodiscard]] bool is_waiting() const;
};

class Connections {
 public:
  // Counts a connection that is added when the library runs next.
  void announce() { ++announced_; }

  void forget_announced() { announced_ = 0; }

  Connection& add(Connection connection);
  void remove(const Connection* connection);

  [[nodiscard]] std::size_t size() const { return connections_.size() + announced_; }

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::optional<TimePoint> next_deadline() const;

  // Returns the connection that has gone longest without having been served, or null if all are
  // closing.
  [[nodiscard]] Connection* idle_longest();
  void close_overdue(TimePoint now);
  void refuse_all_waiting(const Response& response);

 private:
  std::list<Connection> connections_;
  std::size_t announced_ = 0;
};
}  // namespace checklist::http
