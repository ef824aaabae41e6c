// SPDX-License-Identifier: MIT
// Work that many events request: one run serves all events that are ready. A run is delayed while
// more events arrive, up to a limit, and after a long run the work pauses so that events are read
// meanwhile.
#pragma once
#include "event/loop.hpp"

namespace checklist::event {
// At most `burst` runs start in `interval`. A run starts after `max_delay` even under load. After a
// run the work pauses for `cooldown_factor` times the duration of that run.
struct Throttle {
  Duration interval{};
  unsigned burst = 1;
  Duration max_delay{};
  int cooldown_factor = 0;
};

class Coalesced {
 public:
  Coalesced(Loop& loop, Throttle throttle, Loop::Callback work);  // not armed
  Coalesced(Coalesced&&) = delete;                                // its sources hold its address
  Coalesced& operator=(Coalesced&&) = delete;
  Coalesced(const Coalesced&) = delete;
  Coalesced& operator=(const Coalesced&) = delete;
  ~Coalesced() = default;

  // Requests a run. A request during a run starts another run.
  void arm();

 private:
  void schedule();
  void queue();
  void run();

  Loop& loop_;
  Throttle throttle_;
  Loop::Callback work_;
  bool is_armed_ = false;
  bool is_running_ = false;
  TimePoint not_before_{};
  Source run_;
  Source delay_;
  Source cooldown_;
};
}  // namespace checklist::event
