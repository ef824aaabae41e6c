// SPDX-License-Identifier: MIT
#include "ctl/command.hpp"

#include <cstdlib>

#include <unistd.h>

namespace checklist::ctl {
render::Colour colour_of_terminal() {
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return isatty(STDOUT_FILENO) == 1 && !refused ? render::Colour::ansi : render::Colour::plain;
}
}  // namespace checklist::ctl
