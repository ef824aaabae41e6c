// SPDX-License-Identifier: MIT
// Prints a problem on one line, even if a file's name or content holds control characters.
#include <array>
#include <cstdio>

#include "config/configuration.hpp"
#include "config/json_text.hpp"

namespace checklist::config {
namespace {
// Escapes control characters, which could break the line or control the terminal. Replaces invalid
// UTF-8 by U+FFFD, such as a quoted string cut within a character.
std::string on_one_line(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = character_length(std::string_view(text).substr(at));
    const auto byte = static_cast<unsigned char>(text[at]);
    if (length == 1 && (byte < ' ' || byte == 0x7F)) {
      std::array<char, 8> escaped{};
      (void)std::snprintf(escaped.data(), escaped.size(), "\\x%02x", byte);  // four characters
      out += escaped.data();
    } else {
      out += length == 0 ? "\uFFFD" : text.substr(at, length);
    }
    at += length == 0 ? 1 : length;
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
