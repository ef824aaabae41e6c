// SPDX-License-Identifier: MIT
#include "parse/host/release_file.hpp"

#include <algorithm>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
constexpr std::string_view spaces = " \t\r";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
  return text.substr(0, text.find_last_not_of(spaces) + 1);
}

std::string unquoted(std::string_view text) {
  const bool is_single = text.size() > 1 && text.starts_with('\'') && text.ends_with('\'');
  const bool is_double = text.size() > 1 && text.starts_with('"') && text.ends_with('"');
  if (is_single || is_double) {
    text = text.substr(1, text.size() - 2);
  }
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    i += !is_single && text[i] == '\\' && i + 1 < text.size() ? 1U : 0U;
    out += text[i];
  }
  return out;
}
}  // namespace

std::map<std::string, std::string> release_fields(std::string_view text) {
  std::map<std::string, std::string> out;
  for (const auto line : semantics::pieces(text, "\n")) {
    const auto content = trimmed(line);
    const auto equals = content.find('=');
    if (!content.starts_with('#') && equals != std::string_view::npos) {
      out.insert_or_assign(std::string(trimmed(content.substr(0, equals))),
                           unquoted(trimmed(content.substr(equals + 1))));
    }
  }
  return out;
}
}  // namespace checklist::parse
