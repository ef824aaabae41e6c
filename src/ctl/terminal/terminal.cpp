// SPDX-License-Identifier: MIT
#include "ctl/terminal/terminal.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace checklist::ctl {
namespace {
constexpr std::size_t usual_columns = 80;
constexpr std::size_t usual_rows = 24;

std::size_t dimension(const char* variable, unsigned short reported, std::size_t usual) {
  const char* set = std::getenv(variable);
  const std::string_view text = set != nullptr ? set : "";
  std::size_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out > 0 ? out : reported > 0 ? reported : usual;
}
}  // namespace

std::optional<Size> terminal_size() {
  if (isatty(STDOUT_FILENO) != 1) {
    return std::nullopt;
  }
  winsize reported{};
  ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &reported);
  return Size{.columns = dimension("COLUMNS", reported.ws_col, usual_columns),
              .rows = dimension("LINES", reported.ws_row, usual_rows)};
}

render::Terminal terminal() {
  const auto size = terminal_size();
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return {.colour = size && !refused ? render::Colour::ansi : render::Colour::plain,
          .columns = size ? size->columns : render::any_width};
}
}  // namespace checklist::ctl
