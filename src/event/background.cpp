// SPDX-License-Identifier: MIT
#include "event/background.hpp"

#include <utility>

#include <poll.h>

namespace checklist::event {
namespace {
using namespace std::chrono_literals;
constexpr Duration look_interval = 10ms;
}  // namespace

Background::Background(Loop& loop, std::uint32_t events, Loop::OnReady ready, int fd)
    : loop_(loop),
      fd_(fd),
      events_(events),
      ready_(std::move(ready)),
      looked_(loop.now()),
      armed_(loop.deferred(Priority::clients, [this] { serve(0); })),
      catch_up_(loop.before_poll([this] { catch_up(); })) {}

Background::Background(Loop& loop, Fd fd, std::uint32_t events, Loop::OnReady ready)
    : Background(loop, events, std::move(ready), fd.get()) {
  watch(loop.io(std::move(fd), events, [this](std::uint32_t e) { serve(e); }));
}

Background::Background(Loop& loop, int borrowed, std::uint32_t events, Loop::OnReady ready)
    : Background(loop, events, std::move(ready), borrowed) {
  watch(loop.borrowed_io(borrowed, events, [this](std::uint32_t e) { serve(e); }));
}

void Background::watch(Source source) {
  io_ = std::move(source);
  io_.set_priority(Priority::clients);
}

void Background::wait_for(std::uint32_t events) {
  events_ = events;
  io_.wait_for(events);
}

void Background::arm() {
  is_armed_ = true;
  armed_.arm();
}

void Background::serve(std::uint32_t events) {
  was_ready_ = false;
  if (std::exchange(is_armed_, false)) {
    armed_.disarm();
  }
  ready_(events);
}

// Serves what was ready at the previous look and has not been served since.
void Background::catch_up() {
  if (loop_.now() - looked_ < look_interval) {
    return;
  }
  looked_ = loop_.now();
  pollfd each{.fd = fd_, .events = static_cast<short>(events_), .revents = 0};
  const bool is_ready = is_armed_ || (events_ != 0 && ::poll(&each, 1, 0) > 0);
  if (is_ready && was_ready_) {
    serve(static_cast<std::uint32_t>(each.revents));
  } else {
    was_ready_ = is_ready;
  }
}
}  // namespace checklist::event
