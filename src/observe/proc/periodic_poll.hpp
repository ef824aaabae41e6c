// SPDX-License-Identifier: MIT
// Looks at each of many keys once an interval, because what it looks at changes without an event: a
// few a turn of the loop, so that nothing waits for a thousand of them.
#pragma once
#include <functional>
#include <set>
#include <utility>

#include "event/loop.hpp"

namespace checklist::observe {
template <class Key>
class PeriodicPoll {
 public:
  // `look` may call look_at() and follow().
  PeriodicPoll(event::Loop& loop, Duration interval, std::function<void(const Key&)> look)
      : loop_(loop),
        interval_(interval),
        look_(std::move(look)),
        next_(loop.timer([this] { turn(); })) {}

  // Exactly these from now on; the new ones at once.
  void follow(const std::set<Key>& keys) {
    for (const Key& key : keys) {
      if (!followed_.contains(key)) {
        due_.insert(key);
      }
    }
    followed_ = keys;
    arm();
  }

  void add(const Key& key) {
    if (followed_.insert(key).second) {
      look_at(key);
    }
  }

  void drop(const Key& key) {
    followed_.erase(key);
    arm();
  }

  // One that may have changed.
  void look_at(const Key& key) {
    if (followed_.contains(key)) {
      due_.insert(key);
      arm();
    }
  }

  void look_at_all() {
    due_ = followed_;
    arm();
  }

  [[nodiscard]] const std::set<Key>& followed() const { return followed_; }

 private:
  static constexpr int most_a_turn = 8;

  void turn() {
    if (due_.empty()) {
      due_ = followed_;
      next_round_ = loop_.now() + interval_;
    }
    for (int i = 0; i < most_a_turn && !due_.empty(); ++i) {
      const Key key = due_.extract(due_.begin()).value();
      if (followed_.contains(key)) {
        look_(key);
      }
    }
    arm();
  }

  void arm() {
    if (followed_.empty()) {
      due_.clear();
      next_.disarm();
    } else {
      next_.arm_at(due_.empty() ? next_round_ : loop_.now());
    }
  }

  event::Loop& loop_;
  Duration interval_;
  std::function<void(const Key&)> look_;
  event::Source next_;
  TimePoint next_round_{};
  std::set<Key> followed_;
  std::set<Key> due_;
};
}  // namespace checklist::observe
