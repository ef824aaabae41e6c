// SPDX-License-Identifier: MIT
#include "event/coalesced.hpp"

#include <utility>

namespace checklist::event {
Coalesced::Coalesced(Loop& loop, Throttle throttle, Loop::Callback work)
    : loop_(loop),
      throttle_(throttle),
      work_(std::move(work)),
      run_(loop.rate_limited(Priority::evaluation, throttle.interval, throttle.burst,
                             [this] { run(); })),
      delay_(loop.timer([this] { run_.set_priority(Priority::io); })),
      cooldown_(loop.timer([this] { queue(); })) {}

void Coalesced::arm() {
  if (!std::exchange(is_armed_, true) && !is_running_) {
    schedule();
  }
}

void Coalesced::schedule() {
  if (loop_.now() < not_before_) {
    cooldown_.arm_at(not_before_);
  } else {
    queue();
  }
}

void Coalesced::queue() {
  run_.arm();
  delay_.arm_at(loop_.now() + throttle_.max_delay);
}

void Coalesced::run() {
  delay_.disarm();
  run_.set_priority(Priority::evaluation);
  is_armed_ = false;
  is_running_ = true;
  const TimePoint began = loop_.now();
  work_();
  is_running_ = false;
  not_before_ = loop_.now() + throttle_.cooldown_factor * (loop_.now() - began);
  if (is_armed_) {
    schedule();
  }
}
}  // namespace checklist::event
