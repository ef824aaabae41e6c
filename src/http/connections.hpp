// SPDX-License-Identifier: MIT
// The connections of a server and their deadlines. Independent of the HTTP library. Private to
// src/http.
#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <optional>

#include "event/loop.hpp"
#include "http/exchange.hpp"
#include "http/peer.hpp"

struct MHD_Connection;

namespace checklist::http {
struct Connection {
  MHD_Connection* handle = nullptr;
  int fd = -1;  // borrowed
  Peer peer;
  TimePoint last_finished;             // when its latest request was finished, or when it connected
  std::optional<TimePoint> deadline;   // none during a long poll
  std::shared_ptr<Exchange> exchange;  // the current request, once its headers are complete
  event::Source hung_up;               // during a long poll, when the library does not read
  bool closing = false;

  // Shuts the socket down; the library closes the connection when it runs next.
  void close();
  [[nodiscard]] bool is_waiting() const;
};

class Connections {
 public:
  Connection& add(Connection connection);
  void remove(const Connection* connection);

  [[nodiscard]] std::size_t size() const { return connections_.size(); }

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::optional<TimePoint> next_deadline() const;

  // Returns the connection that has gone longest without a finished request, or null if all are
  // closing.
  [[nodiscard]] Connection* idle_longest();
  void close_overdue(TimePoint now);
  void refuse_all_waiting(const Response& response);

 private:
  std::list<Connection> connections_;
};
}  // namespace checklist::http
