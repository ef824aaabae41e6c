// SPDX-License-Identifier: MIT
// Prints a problem on one line, even if a file's name or content holds control characters.
#include <algorithm>
#include <array>
#include <cstdio>

#include "config/configuration.hpp"
#include "semantics/text/utf8.hpp"

namespace checklist::config {
namespace {
std::string escaped(std::string_view character) {
  std::string out;
  for (const char c : character) {
    std::array<char, 8> byte{};
    (void)std::snprintf(byte.data(), byte.size(), "\\x%02x", static_cast<unsigned char>(c));
    out += byte.data();
  }
  return out;
}

// Escapes control characters, which could break the line or control the terminal. Replaces invalid
// UTF-8 by U+FFFD, such as a quoted string cut within a character.
std::string on_one_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = semantics::character_length(text);
    const std::string_view next = text.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0) {
      out += "\uFFFD";
    } else if (semantics::is_control(semantics::code_point(next))) {
      out += escaped(next);
    } else {
      out += next;
    }
    text.remove_prefix(next.size());
  }
  return out;
}
}  // namespace

std::string text(const Problem& problem) {
  std::string out = problem.file;
  if (problem.line > 0) {
    out += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  }
  return on_one_line(out + ": " + (problem.pointer.empty() ? "" : problem.pointer + ": ") +
                     problem.message);
}
}  // namespace checklist::config
