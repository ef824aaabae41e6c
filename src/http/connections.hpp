// SPDX-License-Identifier: MIT
// The connections of a server, private to src/http: who has to leave, and when. Knows no HTTP
// library.
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
  TimePoint last_finished;             // its latest finished request, or when it came
  std::optional<TimePoint> deadline;   // none while it waits for its answer
  std::shared_ptr<Exchange> exchange;  // the present request, once its headers are complete
  event::Source hung_up;               // while waiting: the library does not look then
  bool leaving = false;

  // Makes the library find the connection dead at its next turn.
  void leave();
  [[nodiscard]] bool is_waiting() const;
};

class Connections {
 public:
  Connection& add(Connection connection);
  void remove(const Connection* connection);

  [[nodiscard]] std::size_t size() const { return connections_.size(); }

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::optional<TimePoint> next_deadline() const;

  // The one that has gone longest without a finished request; null when all are leaving.
  [[nodiscard]] Connection* least_useful();
  void dismiss_overdue(TimePoint now);
  void refuse_all_waiting(const Response& response);

 private:
  std::list<Connection> connections_;
};
}  // namespace checklist::http
