// SPDX-License-Identifier: MIT
// Splits texts of the kernel and of unit files into lines, words and numbers.
#pragma once
#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace checklist::semantics {
// Returns the non-empty pieces between any of these separators. They borrow the text.
inline std::vector<std::string_view> pieces(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  for (auto at = text.find_first_not_of(separators); at != std::string_view::npos;
       at = text.find_first_not_of(separators, at)) {
    const auto end = std::min(text.find_first_of(separators, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

inline std::vector<std::string_view> lines(std::string_view text) {
  return pieces(text, "\n");
}

inline std::vector<std::string_view> words(std::string_view text) {
  return pieces(text, " \t\n");
}

// Returns the word as a number; nothing if any of it is not part of the number.
template <class N>
std::optional<N> number(std::string_view word, int base = 10) {
  N out{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out, base);
  return error == std::errc() && end == word.data() + word.size() && !word.empty()
             ? std::optional(out)
             : std::nullopt;
}
}  // namespace checklist::semantics
