// SPDX-License-Identifier: MIT
// A status and colours on a terminal.
#pragma once
#include <string>
#include <string_view>

#include "checklist/finding.hpp"

#include "render/table.hpp"

namespace checklist::render {
constexpr std::string_view bold = "\033[1m";

struct StatusCell {
  std::string_view text;  // "✗ FAIL": the colour is not the only sign
  std::string_view ansi;
};

inline StatusCell status_cell(Status status) {
  switch (status) {
    case Status::pass:
      return {"✓ pass", "\033[32m"};
    case Status::fail:
      return {"✗ FAIL", "\033[1;31m"};
    case Status::unknown:
      return {"? unknown", "\033[33m"};
    case Status::skip:
      break;
  }
  return {"– skip", "\033[2m"};
}

inline std::string painted(std::string_view text, std::string_view ansi, Colour colour) {
  return colour == Colour::ansi && !text.empty() ? std::string(ansi) + std::string(text) + "\033[0m"
                                                 : std::string(text);
}
}  // namespace checklist::render
