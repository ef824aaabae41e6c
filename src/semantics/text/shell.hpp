// SPDX-License-Identifier: MIT
// Words as a POSIX shell reads them, for commands that are copied from a hint.
#pragma once
#include <string>
#include <string_view>

namespace checklist::semantics {
// Returns the word itself if a shell takes it literally, otherwise in single quotes: a unit's name
// may hold backslashes, a path anything.
inline std::string shell_word(std::string_view word) {
  constexpr std::string_view literal =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-";
  if (!word.empty() && word.find_first_not_of(literal) == std::string_view::npos) {
    return std::string(word);
  }
  std::string out = "'";
  for (const char c : word) {
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out + "'";
}
}  // namespace checklist::semantics
