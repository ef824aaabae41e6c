// SPDX-License-Identifier: MIT
#include "event/coalesced.hpp"

#include <utility>

namespace checklist::event {
Coalesced::Coalesced(Loop& loop, Pace pace, Loop::Callback work)
    : loop_(loop),
      pace_(pace),
      work_(std::move(work)),
      turn_(loop.rate_limited(Priority::evaluation, pace.interval, pace.burst, [this] { run(); })),
      impatience_(loop.timer([this] { turn_.set_priority(Priority::io); })),
      rest_(loop.timer([this] { take_turn(); })) {}

void Coalesced::arm() {
  if (!std::exchange(is_armed_, true) && !is_running_) {
    schedule();
  }
}

void Coalesced::schedule() {
  if (loop_.now() < rested_) {
    rest_.arm_at(rested_);
  } else {
    take_turn();
  }
}

void Coalesced::take_turn() {
  turn_.arm();
  impatience_.arm_at(loop_.now() + pace_.patience);
}

void Coalesced::run() {
  impatience_.disarm();
  turn_.set_priority(Priority::evaluation);
  is_armed_ = false;
  is_running_ = true;
  const TimePoint began = loop_.now();
  work_();
  is_running_ = false;
  rested_ = loop_.now() + pace_.rest * (loop_.now() - began);
  if (is_armed_) {
    schedule();
  }
}
}  // namespace checklist::event
