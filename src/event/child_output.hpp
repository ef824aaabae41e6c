// SPDX-License-Identifier: MIT
// A program run beside the loop for what it prints.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "event/loop.hpp"

namespace checklist::event {
struct ChildResult {
  enum class End { exited, killed, timed_out, not_started };
  End end = End::exited;
  int status = 0;      // the exit code, the signal's number, or errno
  std::string output;  // what it wrote to stdout and stderr, at most a mebibyte
};

// One run; destroying it kills the program and waits for its end.
class ChildOutput {
 public:
  using Done = std::function<void(ChildResult)>;

  // Starts `command`, looked for in PATH, with this environment alone ("NAME=value"), every signal
  // at its default and nothing on stdin. `done` is called once, later and from the loop; it may
  // destroy this.
  ChildOutput(Loop& loop, const std::vector<std::string>& command,
              const std::vector<std::string>& environment, Duration at_most, Done done);
  ChildOutput(const ChildOutput&) = delete;
  ChildOutput& operator=(const ChildOutput&) = delete;
  ~ChildOutput();

  // 0 where it does not run.
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  void start(const std::vector<std::string>& command, const std::vector<std::string>& environment);
  void read_some();
  void finish();

  Loop& loop_;
  Done done_;
  ChildResult result_;
  pid_t pid_ = 0;  // while it has not been reaped
  int output_ = -1;
  Source readable_;
  Source ended_;
  Source too_long_;
};
}  // namespace checklist::event
