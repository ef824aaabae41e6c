// SPDX-License-Identifier: MIT
// Runs a program and collects its output without blocking the loop.
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
  std::string output;  // stdout and stderr, at most 1 MiB
};

// One run of a program. The destructor kills the program and waits for its exit.
class ChildOutput {
 public:
  using Done = std::function<void(ChildResult)>;

  // Starts `command`, found in PATH, with exactly this environment ("NAME=value"), default signal
  // handlers, /dev/null as stdin and a process group of its own. `done` is called once, from the
  // loop; it may destroy this object.
  ChildOutput(Loop& loop, const std::vector<std::string>& command,
              const std::vector<std::string>& environment, Duration at_most, Done done);
  ChildOutput(const ChildOutput&) = delete;
  ChildOutput& operator=(const ChildOutput&) = delete;
  ~ChildOutput();

  // Returns 0 if the program is not running.
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  void start(const std::vector<std::string>& command, const std::vector<std::string>& environment);
  void not_started(int error);
  void ended(ChildExit exit);
  void end_child();
  void read_some();
  void finish();

  Loop& loop_;
  Done done_;
  ChildResult result_;
  pid_t pid_ = 0;    // 0 once it is reaped
  Source readable_;  // owns the pipe's end
  Source exited_;
  Source timeout_;
};
}  // namespace checklist::event
