// SPDX-License-Identifier: MIT
// Observes the wall-clock time at which CLOCK_MONOTONIC was zero. A change of the wall clock
// cancels a timer with TFD_TIMER_CANCEL_ON_SET (timerfd_create(2)).
#pragma once
#include <optional>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "observe/single_observer.hpp"

namespace checklist::observe {
class WallClockObserver : public SingleObserver<WallClockKey> {
 public:
  WallClockObserver(event::Loop& loop, Put<WallClockKey> put);

 private:
  Observed<WallTime> look() override;
  void wait_until_set();

  event::Source timer_;
  std::optional<WallTime> epoch_;
};
}  // namespace checklist::observe
