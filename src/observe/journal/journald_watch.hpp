// SPDX-License-Identifier: MIT
// Watches whether anything takes the messages that programs log: systemd-journald, or the manager
// on its behalf while it is not running. A socket that no process holds causes no event, so it is
// tried every three seconds. Nothing is sent: connecting a datagram socket starts no service.
#pragma once
#include <functional>
#include <string>

#include "checklist/observed.hpp"

#include "event/loop.hpp"

namespace checklist::observe {
inline constexpr auto journald_socket = "/run/systemd/journal/socket";

// Returns why there are no messages while the socket is gone.
Unseen no_journald();

class JournaldWatch {
 public:
  // Calls `turned` when is_gone() changes. An empty path is not watched.
  JournaldWatch(event::Loop& loop, std::string socket, std::function<void()> turned);

  // Begins to watch. May be called again.
  void begin();

  // Returns whether the socket has refused connections for a second: sockets that are restarted do
  // so for a moment.
  [[nodiscard]] bool is_gone() const { return gone_; }

 private:
  void look();

  event::Loop& loop_;
  std::string socket_;
  std::function<void()> turned_;
  bool began_ = false;
  bool refused_ = false;  // at the last attempt
  bool gone_ = false;
  event::Source next_;
};
}  // namespace checklist::observe
