// SPDX-License-Identifier: MIT
#include "ctl/terminal/screen.hpp"

#include <cerrno>
#include <string_view>

#include <unistd.h>

namespace checklist::ctl {
namespace {
// xterm's control sequences, which terminfo has for every terminal in use.
constexpr std::string_view begin = "\033[?1049h\033[?25l";  // alternate screen, no cursor
constexpr std::string_view end = "\033[?25h\033[?1049l";
constexpr std::string_view clear = "\033[2J";
constexpr std::string_view reset = "\033[0m";
constexpr std::string_view clear_line = "\033[0m\033[K";

void write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return;  // the terminal is gone: SIGHUP follows
    }
    text.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
  }
}

std::string at_row(std::size_t row) {
  return "\033[" + std::to_string(row + 1) + ";1H";
}
}  // namespace

Screen::Screen() : keys_(::tcgetattr(STDIN_FILENO, &previous_) == 0) {
  enter();
}

Screen::~Screen() {
  leave();
}

void Screen::enter() {
  if (keys_) {
    termios raw = previous_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  }
  write_out(begin);
  forget();
}

void Screen::leave() {
  write_out(end);
  if (keys_) {
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &previous_);
  }
}

void Screen::forget() {
  write_out(clear);
  shown_.clear();
}

void Screen::show(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    if (row >= shown_.size() || shown_[row] != lines[row]) {
      // In this order: after the last column, clearing would remove the last character.
      out += at_row(row) + std::string(clear_line) + lines[row];
    }
  }
  for (std::size_t row = lines.size(); row < shown_.size(); ++row) {
    out += at_row(row) + std::string(clear_line);
  }
  write_out(out + std::string(reset));
  shown_ = lines;
}
}  // namespace checklist::ctl
