// SPDX-License-Identifier: MIT
#include "http/connections.hpp"

#include <algorithm>
#include <vector>

#include <sys/socket.h>

namespace checklist::http {
void Connection::close() {
  if (std::exchange(closing, true)) {
    return;
  }
  (void)::shutdown(fd, SHUT_RDWR);  // ENOTCONN: already disconnected
  if (const auto kept = exchange) {
    kept->abandon();
  }
}

bool Connection::is_waiting() const {
  return exchange != nullptr && exchange->state == Exchange::State::waiting;
}

Connection& Connections::add(Connection connection) {
  announced_ -= announced_ > 0 ? 1U : 0U;
  return connections_.emplace_back(std::move(connection));
}

void Connections::remove(const Connection* connection) {
  connections_.remove_if([connection](const Connection& other) { return &other == connection; });
}

std::size_t Connections::waiting() const {
  return static_cast<std::size_t>(std::count_if(connections_.begin(), connections_.end(),
                                                std::mem_fn(&Connection::is_waiting)));
}

std::optional<TimePoint> Connections::next_deadline() const {
  std::optional<TimePoint> next;
  for (const auto& connection : connections_) {
    if (!connection.closing && connection.deadline && (!next || *connection.deadline < *next)) {
      next = connection.deadline;
    }
  }
  return next;
}

Connection* Connections::idle_longest() {
  const auto idle_order = [](const Connection& connection) {
    return std::pair(connection.closing, connection.last_finished);
  };
  const auto least = std::min_element(connections_.begin(), connections_.end(),
                                      [idle_order](const Connection& a, const Connection& b) {
                                        return idle_order(a) < idle_order(b);
                                      });
  return least == connections_.end() || least->closing ? nullptr : &*least;
}

void Connections::close_overdue(TimePoint now) {
  for (auto& connection : connections_) {
    if (connection.deadline && *connection.deadline <= now) {
      connection.close();
    }
  }
}

void Connections::refuse_all_waiting(const Response& response) {
  std::vector<std::shared_ptr<Exchange>> waiting;
  for (const auto& connection : connections_) {
    if (connection.is_waiting()) {
      waiting.push_back(connection.exchange);
    }
  }
  for (const auto& exchange : waiting) {
    exchange->abandon(response);
  }
}
}  // namespace checklist::http
