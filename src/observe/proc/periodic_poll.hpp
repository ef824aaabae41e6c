// SPDX-License-Identifier: MIT
// Looks at each of many keys once per interval, for sources that cause no events. A few keys per
// loop iteration, so that a thousand keys do not block the loop.
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
        next_(loop.timer([this] { look_at_some(); })) {}

  // Replaces the followed keys. New keys are looked at immediately.
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

  // Looks at a followed key soon, independent of the interval.
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
  static constexpr int most_per_iteration = 8;

  void look_at_some() {
    if (due_.empty()) {
      due_ = followed_;
      next_round_ = loop_.now() + interval_;
    }
    for (int i = 0; i < most_per_iteration && !due_.empty(); ++i) {
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
