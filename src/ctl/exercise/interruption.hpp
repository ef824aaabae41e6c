// SPDX-License-Identifier: MIT
// The signals that end an exercise early.
#pragma once
#include <csignal>
#include <vector>

#include "event/loop.hpp"

namespace checklist::ctl {
// They are blocked from its construction on, and handled by the loop.
class Interruption {
 public:
  explicit Interruption(event::Loop& loop) {
    std::signal(SIGPIPE, SIG_IGN);  // a terminal that is closed
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
      sources_.push_back(loop.on_signal(signal, [this] { has_come_ = true; }));
    }
  }

  [[nodiscard]] bool has_come() const { return has_come_; }

 private:
  bool has_come_ = false;
  std::vector<event::Source> sources_;
};
}  // namespace checklist::ctl
