// SPDX-License-Identifier: MIT
// The alternate screen of the terminal on standard output, of which only changed lines are drawn.
#pragma once
#include <string>
#include <vector>

#include <termios.h>

namespace checklist::ctl {
class Screen {
 public:
  // Enters the alternate screen; keys are read from standard input without echo.
  Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  // Restores the terminal.
  ~Screen();

  // Shows these lines from the top. They must fit.
  void show(const std::vector<std::string>& lines);

  // Draws all lines at the next show(), after the size has changed.
  void forget();

  // Restore the terminal while the process is stopped, and take it again.
  void leave();
  void enter();

 private:
  std::vector<std::string> shown_;
  termios previous_{};
  bool keys_ = false;  // standard input is a terminal
};
}  // namespace checklist::ctl
