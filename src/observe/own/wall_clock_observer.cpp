// SPDX-License-Identifier: MIT
#include "observe/own/wall_clock_observer.hpp"

#include <cerrno>
#include <limits>
#include <system_error>

#include <sys/epoll.h>
#include <sys/timerfd.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
// Smaller differences are clock discipline, or the time between the two clock reads.
constexpr Duration drift = 1s;

event::Fd wall_timer() {
  event::Fd out(::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC));
  if (!out) {
    throw std::system_error(errno, std::system_category(), "timerfd");
  }
  return out;
}

WallTime epoch_now() {
  const auto wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  return wall -
         std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}
}  // namespace

WallClockObserver::WallClockObserver(event::Loop& loop, Put<WallClockKey> put)
    : SingleObserver(std::move(put)), timer_(loop.io(wall_timer(), EPOLLIN, [this](std::uint32_t) {
        wait_until_set();
        look_again();
      })) {
  wait_until_set();
}

// Rearms the timer, which clears its cancelled state.
void WallClockObserver::wait_until_set() {
  itimerspec never{};
  never.it_value.tv_sec =
      std::numeric_limits<std::int32_t>::max();  // 2038, and again after each expiry
  (void)::timerfd_settime(timer_.fd(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                          nullptr);  // the resync rereads the clock in any case
}

Observed<WallTime> WallClockObserver::look() {
  const WallTime now = epoch_now();
  if (!epoch_ || std::chrono::abs(now - *epoch_) > drift) {
    epoch_ = now;
  }
  return *epoch_;
}
}  // namespace checklist::observe
