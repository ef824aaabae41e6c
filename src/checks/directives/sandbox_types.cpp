// SPDX-License-Identifier: MIT
#include "checks/directives/sandbox_types.hpp"

#include "checks/directives/type_parts.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks::types {
namespace {
// Booleans.

std::optional<bool> boolean(std::string_view text) {
  for (const auto* yes : {"yes", "true", "on", "1"}) {
    if (text == yes) {
      return true;
    }
  }
  for (const auto* no : {"no", "false", "off", "0"}) {
    if (text == no) {
      return false;
    }
  }
  return std::nullopt;
}

std::optional<Setting> parse_flag(const Directive& /*directive*/, const Lines& lines) {
  const auto flag = boolean(only(lines).value_or(""));
  return flag ? std::optional<Setting>(*flag) : std::nullopt;
}

std::string print_flag(const Directive& /*directive*/, const Setting& setting) {
  return std::get<bool>(setting) ? "yes" : "no";
}

Dict flag_schema(const Directive& /*directive*/) {
  Values all{Value{true}, Value{false}};
  for (const char* word : {"yes", "no", "true", "false", "on", "off", "1", "0"}) {
    all.push_back(Value{std::string(word)});
  }
  all.push_back(Value{std::int64_t{1}});
  all.push_back(Value{std::int64_t{0}});
  return {{"enum", Value{std::move(all)}}};
}

// Words, weakest first. Booleans are read as yes and no.

std::optional<std::size_t> rank(const Directive& directive, const Setting& setting) {
  const auto* text = std::get_if<std::string>(&setting);
  const auto at =
      text != nullptr ? std::ranges::find(directive.words, *text) : directive.words.end();
  return at != directive.words.end()
             ? std::optional(static_cast<std::size_t>(at - directive.words.begin()))
             : std::nullopt;
}

std::optional<Setting> parse_level(const Directive& directive, const Lines& lines) {
  const auto given = only(lines).value_or("");
  const auto flag = boolean(given);
  Setting word = flag ? (*flag ? "yes" : "no") : given;
  return rank(directive, word) ? std::optional(std::move(word)) : std::nullopt;
}

bool is_at_least(const Directive& directive, const Setting& has, const Setting& wanted) {
  const auto level = rank(directive, has);
  const auto needed = rank(directive, wanted);
  return level && needed && (*needed == 0 ? *level == 0 : *level >= *needed);
}

// File mode masks.

std::optional<Setting> parse_octal(const Directive& /*directive*/, const Lines& lines) {
  const auto mode = semantics::number<std::uint64_t>(only(lines).value_or(""), 8);
  return mode && *mode <= 0777 ? std::optional<Setting>(*mode) : std::nullopt;
}

bool has_bits(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  const auto* bits = std::get_if<std::uint64_t>(&has);
  const auto needed = std::get<std::uint64_t>(wanted);
  return bits != nullptr && (*bits & needed) == needed;
}

std::string print_octal(const Directive& /*directive*/, const Setting& setting) {
  const auto mode = std::get<std::uint64_t>(setting);
  std::string out = "0";
  for (const unsigned shift : {6U, 3U, 0U}) {
    out += static_cast<char>('0' + ((mode >> shift) & 7U));
  }
  return out;
}

Dict octal_schema(const Directive& /*directive*/) {
  return {{"type", Value{std::string("string")}}, {"pattern", Value{std::string("^[0-7]{1,4}$")}}};
}

std::optional<Setting> parse_text(const Directive& /*directive*/, const Lines& lines) {
  const auto given = only(lines);
  return given ? std::optional<Setting>(*given) : std::nullopt;
}
}  // namespace

const DirectiveType flag{.spelling = "yes or no",
                         .parse = parse_flag,
                         .read = read_as<bool>,
                         .satisfies = is_equal,
                         .print = print_flag,
                         .schema = flag_schema};
const DirectiveType ordered_enum{.spelling = "one of the directive's words",
                                 .parse = parse_level,
                                 .read = read_as<std::string>,
                                 .satisfies = is_at_least,
                                 .print = print_text,
                                 .schema = words_schema};
const DirectiveType file_mask{.spelling = R"(an octal mask as "0077")",
                              .parse = parse_octal,
                              .read = read_as<std::uint64_t>,
                              .satisfies = has_bits,
                              .print = print_octal,
                              .schema = octal_schema};
const DirectiveType text{.spelling = "a text",
                         .parse = parse_text,
                         .read = read_as<std::string>,
                         .satisfies = is_equal,
                         .print = print_text,
                         .schema = text_schema};
}  // namespace checklist::checks::types
