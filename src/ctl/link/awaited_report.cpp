// SPDX-License-Identifier: MIT
#include "ctl/link/awaited_report.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <sys/timerfd.h>

#include "ctl/link/report_follower.hpp"
#include "event/fd.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration first_response = 10s;
constexpr Duration hold = 2s;

// Returns a descriptor that is readable after that time.
event::Fd timer(Duration after) {
  event::Fd out(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  itimerspec when{};
  when.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(after).count();
  when.it_value.tv_nsec = std::chrono::nanoseconds(after % 1s).count() + 1;  // 0 would disarm it
  if (!out || ::timerfd_settime(out.get(), 0, &when, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "timerfd");
  }
  return out;
}
}  // namespace

AwaitedReport awaited_report(const std::string& socket, Duration wait,
                             const std::function<bool(const Report&)>& enough) {
  ReportFollower follower(socket);
  const event::Fd end = timer(wait);
  const event::Fd first = timer(std::max(wait, first_response));
  const auto seen_enough = [&follower, &enough] {
    return follower.report() && follower.error().empty() && enough(*follower.report());
  };
  std::optional<event::Fd> held;  // readable once the reports have been good for long enough
  int awaited = -1;
  do {
    if (!seen_enough()) {
      held.reset();
    } else if (!held) {
      held = timer(hold);
    }
    awaited = held ? held->get() : follower.report() ? end.get() : first.get();
  } while (follower.wait(std::array{awaited}));
  return {.report = follower.report(), .error = follower.error()};
}
}  // namespace checklist::ctl
