// SPDX-License-Identifier: MIT
// Runs systemctl(1) on the loop, so that signals and the evaluation go on meanwhile.
#pragma once
#include <functional>
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
    bool is_given_up = false;  // because of `enough` or the time; its job goes on
    std::string output;        // or why it could not be run, without newlines at the end
  };

  // Runs it until it ends, `enough` returns true or the time is over.
  Done run(
      const std::vector<std::string>& arguments, Duration longest,
      const std::function<bool()>& enough = [] { return false; });

 private:
  event::Loop& loop_;
  bool user_;
};
}  // namespace checklist::ctl
