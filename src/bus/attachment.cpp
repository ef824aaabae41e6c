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
      io_(loop.borrowed_io(connection.getEventLoopPollData().fd, EPOLLIN,
                           [this](std::uint32_t) { process(); })),
      time_(loop.timer([this] { process(); })),
      broken_source_(loop.deferred(event::Priority::io, [this] { lost_(); })),
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
    on_broken();
  }
}

// sdbus::Error is thrown only if the connection breaks; Rethrow keeps exceptions of handlers.
void Attachment::process() {
  try {
    sdbus_compat::process(connection_);
  } catch (const sdbus::Error&) {
    on_broken();
  }
}

void Attachment::on_broken() {
  broken_ = true;
  io_.disarm();
  time_.disarm();
  broken_source_.arm();
}
}  // namespace checklist::bus
