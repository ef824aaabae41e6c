// SPDX-License-Identifier: MIT
#include "checks/directives/type_parts.hpp"

#include "semantics/text/fields.hpp"

namespace checklist::checks::types {
std::optional<std::string> only(const Lines& lines) {
  return lines.size() == 1 ? std::optional(lines.front()) : std::nullopt;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  return text == "infinity" ? unlimited : semantics::number<std::uint64_t>(text);
}

std::string print_count(std::uint64_t count) {
  return count == unlimited ? "infinity" : std::to_string(count);
}

bool is_equal(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return has == wanted;
}

std::string print_text(const Directive& /*directive*/, const Setting& setting) {
  return std::get<std::string>(setting);
}

Dict text_schema(const Directive& /*directive*/) {
  return {{"type", Value{std::string("string")}}};
}

Dict text_or_integer_schema(const Directive& /*directive*/) {
  return {{"type", Value{Values{Value{std::string("string")}, Value{std::string("integer")}}}}};
}

Dict words_schema(const Directive& directive) {
  Values all;
  for (const auto word : directive.words) {
    if (word.empty()) {
      continue;
    }
    all.push_back(Value{std::string(word)});
    if (word == "yes" || word == "no") {
      all.push_back(Value{word == "yes"});
    }
  }
  return {{"enum", Value{std::move(all)}}};
}
}  // namespace checklist::checks::types
