// SPDX-License-Identifier: MIT
// Work with many causes that come together: it waits until the loop has taken in all that is ready,
// so that one run is for all of them, but not for ever while more keeps coming. What takes long
// rests long, so that the causes are taken in meanwhile.
#pragma once
#include "event/loop.hpp"

namespace checklist::event {
struct Pace {
  Duration interval{};  // in which it runs
  unsigned burst = 1;   // times at most;
  Duration patience{};  // after so long it takes its turn among what is ready;
  int rest = 0;         // and after a run so many times as long as that took pass until the next
};

class Coalesced {
 public:
  Coalesced(Loop& loop, Pace pace, Loop::Callback work);  // not asked for
  Coalesced(Coalesced&&) = delete;                        // its sources know where it is
  Coalesced& operator=(Coalesced&&) = delete;
  Coalesced(const Coalesced&) = delete;
  Coalesced& operator=(const Coalesced&) = delete;
  ~Coalesced() = default;

  // Asks for a run; within the run for another one.
  void arm();

 private:
  void schedule();
  void take_turn();
  void run();

  Loop& loop_;
  Pace pace_;
  Loop::Callback work_;
  bool is_armed_ = false;
  bool is_running_ = false;
  TimePoint rested_{};
  Source turn_;
  Source impatience_;
  Source rest_;
};
}  // namespace checklist::event
