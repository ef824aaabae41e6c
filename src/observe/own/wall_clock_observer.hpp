// SPDX-License-Identifier: MIT
// What the wall clock showed at the beginning of the monotonic one. The kernel tells when somebody
// sets it (TFD_TIMER_CANCEL_ON_SET, timerfd_create(2)).
#pragma once
#include <optional>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class WallClockObserver : public Observer<WallClockKey> {
 public:
  WallClockObserver(event::Loop& loop, Put<WallClockKey> put);

  void follow(const std::set<WallClockKey>& keys) override;
  void look_again() override;

 private:
  void wait_until_set();

  Put<WallClockKey> put_;
  event::Fd timer_;
  event::Source was_set_;
  bool followed_ = false;
  std::optional<WallTime> epoch_;
};
}  // namespace checklist::observe
