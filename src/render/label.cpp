// SPDX-License-Identifier: MIT
#include "render/label.hpp"

#include <algorithm>

#include "semantics/text/utf8.hpp"

namespace checklist::render {
namespace {
constexpr std::string_view replacement = "\xef\xbf\xbd";
}  // namespace

std::string label_text(std::string_view text, std::size_t bytes) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = semantics::character_length(text);
    const std::string_view next = length > 0 ? text.substr(0, length) : replacement;
    if (out.size() + next.size() > bytes) {
      break;
    }
    out += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  constexpr std::string_view ellipsis = "…";
  constexpr std::size_t longest_character = 4;
  std::string out = label_text(text, bytes);
  if (label_text(text, bytes + longest_character).size() > out.size()) {
    out = label_text(text, bytes - ellipsis.size()).append(ellipsis);
  }
  return out;
}

std::string harmless(std::string_view text, std::size_t bytes) {
  const std::string valid = label_text(text, bytes);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view next = rest.substr(0, semantics::character_length(rest));
    const bool is_space = next == "\n" || next == "\t" || next == "\r";
    out += !is_space && semantics::is_control(semantics::code_point(next)) ? replacement : next;
    rest.remove_prefix(next.size());
  }
  return out;
}

std::string printable(std::string_view text, std::size_t bytes) {
  std::string out = harmless(text, bytes);
  const auto is_space = [](char c) { return c == '\n' || c == '\t' || c == '\r'; };
  std::ranges::replace_if(out, is_space, ' ');
  return out;
}
}  // namespace checklist::render
