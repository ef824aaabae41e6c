// SPDX-License-Identifier: MIT
// Runs systemctl(1) on the loop, so that signals and the evaluation go on meanwhile.
#pragma once
#include <string>
#include <vector>

#include "checklist/time.hpp"

#include "event/loop.hpp"

namespace checklist::ctl {
class Systemctl {
 public:
  // `user`: of the caller's own manager.
  Systemctl(event::Loop& loop, bool user) : loop_(loop), user_(user) {}

  struct Done {
    bool succeeded = false;
    std::string output;  // or why it could not be run, without newlines at the end
  };

  // Runs it until it ends or the time is over. A signal does not end it earlier: what it asked for
  // might then happen after the restoration.
  Done run(const std::vector<std::string>& arguments, Duration longest);

 private:
  event::Loop& loop_;
  bool user_;
};
}  // namespace checklist::ctl
