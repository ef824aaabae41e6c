// SPDX-License-Identifier: MIT
// A daemon of libmicrohttpd that the loop drives by its epoll descriptor. Private to src/http.
#pragma once
#include <functional>
#include <memory>

#include <microhttpd.h>

#include "event/background.hpp"
#include "event/fd.hpp"
#include "event/loop.hpp"
#include "http/endpoint.hpp"

namespace checklist::http {
class Driver {
 public:
  // Takes ownership of `daemon`, which must be in epoll mode. `ready` must call run().
  Driver(event::Loop& loop, MHD_Daemon* daemon, std::function<void()> ready);

  // Closes the descriptor on failure.
  void add(event::Fd connected, const SocketAddress& peer);
  // Returns whether there is work left.
  bool run();

  // Has `ready` called after other work of the loop.
  void run_soon() { ready_.arm(); }

 private:
  struct Stop {
    void operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }
  };

  std::unique_ptr<MHD_Daemon, Stop> daemon_;
  event::Background ready_;  // leaves the loop before the daemon closes its descriptor
};
}  // namespace checklist::http
