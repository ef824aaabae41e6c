// SPDX-License-Identifier: MIT
#include "http/driver.hpp"

#include <utility>

#include <sys/epoll.h>

namespace checklist::http {
Driver::Driver(event::Loop& loop, MHD_Daemon* daemon, std::function<void()> ready)
    : daemon_(daemon),
      ready_(loop, MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, EPOLLIN,
             [ready = std::move(ready)](std::uint32_t) { ready(); }) {}

void Driver::add(event::Fd connected, const SocketAddress& peer) {
  (void)MHD_add_connection(daemon_.get(), connected.release(), peer.raw(), peer.length);
}

bool Driver::run() {
  (void)MHD_run(daemon_.get());  // fails only with a threading mode
  MHD_UNSIGNED_LONG_LONG milliseconds = 0;
  return MHD_get_timeout(daemon_.get(), &milliseconds) == MHD_YES && milliseconds == 0;
}
}  // namespace checklist::http
