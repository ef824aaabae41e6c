// SPDX-License-Identifier: MIT
#include "bus/attachment.hpp"

#include <utility>

#include <sys/epoll.h>

#include SDBUS_COMPAT

namespace checklist::bus {
Attachment::Attachment(event::Loop& loop, sdbus::IConnection& connection,
                       std::function<void()> lost)
    : connection_(connection),
      lost_(std::move(lost)),
      io_(loop.io(connection.getEventLoopPollData().fd, EPOLLIN,
                  [this](std::uint32_t) { process(); })),
      time_(loop.timer([this] { process(); })),
      over_(loop.deferred(event::Priority::io, [this] { lost_(); })),
      prepare_(loop.before_poll([this] { prepare(); })) {}

void Attachment::prepare() {
  if (broken_) {
    return;
  }
  try {
    const auto poll = connection_.getEventLoopPollData();
    io_.wait_for(static_cast<std::uint32_t>(poll.events));
    const auto deadline = sdbus_compat::deadline_usec(poll);
    if (deadline == UINT64_MAX) {
      time_.disarm();
    } else {
      time_.arm_at(monotonic(deadline));
    }
  } catch (const sdbus::Error&) {
    give_up();
  }
}

// Nothing but the connection's own end is thrown here: what handlers throw is kept by Rethrow.
void Attachment::process() {
  try {
    sdbus_compat::process(connection_);
  } catch (const sdbus::Error&) {
    give_up();
  }
}

void Attachment::give_up() {
  broken_ = true;
  io_.disarm();
  time_.disarm();
  over_.arm();
}
}  // namespace checklist::bus
