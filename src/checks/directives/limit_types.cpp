// SPDX-License-Identifier: MIT
#include "checks/directives/limit_types.hpp"

#include "checks/directives/type_parts.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks::types {
namespace {
constexpr std::uint64_t largest_page = 65536;  // the kernel rounds memory to pages
constexpr std::uint64_t default_weight = 100;  // of a weight that is not set
constexpr std::int64_t usec_of_a_permyriad = 100;

std::optional<Setting> as_setting(const std::optional<std::uint64_t>& value) {
  return value ? std::optional<Setting>(*value) : std::nullopt;
}

bool is_near(const Setting& has, const Setting& wanted, std::uint64_t distance) {
  const auto* one = std::get_if<std::uint64_t>(&has);
  const auto* other = std::get_if<std::uint64_t>(&wanted);
  return one != nullptr && other != nullptr &&
         std::max(*one, *other) - std::min(*one, *other) < distance;
}

// Bytes of memory.

std::optional<Setting> parse_memory(const Directive& /*directive*/, const Lines& lines) {
  const auto text = only(lines).value_or("");
  const auto share = parse_share(text);
  return share ? std::optional<Setting>(*share) : as_setting(parse_size(text));
}

bool is_same_memory(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return is_near(has, wanted, largest_page);
}

std::string print_memory(const Directive& /*directive*/, const Setting& setting) {
  const auto* share = std::get_if<Share>(&setting);
  return share != nullptr ? print_share(*share) : print_size(std::get<std::uint64_t>(setting));
}

// Numbers of tasks.

std::optional<Setting> parse_tasks(const Directive& /*directive*/, const Lines& lines) {
  const auto text = only(lines).value_or("");
  const auto share = parse_share(text);
  return share ? std::optional<Setting>(*share) : as_setting(parse_count(text));
}

// systemd rounds shares differently.
bool is_same_count(const Directive& /*directive*/, const Setting& has, const Setting& wanted) {
  return is_near(has, wanted, 2);
}

std::string print_tasks(const Directive& /*directive*/, const Setting& setting) {
  const auto* share = std::get_if<Share>(&setting);
  return share != nullptr ? print_share(*share) : print_count(std::get<std::uint64_t>(setting));
}

// Shares of CPU time, in µs per second: "200%" is two CPUs.

std::optional<Setting> parse_quota(const Directive& /*directive*/, const Lines& lines) {
  const auto text = only(lines).value_or("");
  const auto share = parse_share(text);
  if (share && share->permyriad > 0) {
    return share->permyriad * usec_of_a_permyriad;
  }
  return text == "infinity" ? std::optional<Setting>(unlimited) : std::nullopt;
}

std::string print_quota(const Directive& /*directive*/, const Setting& setting) {
  const auto usec = std::get<std::uint64_t>(setting);
  return usec == unlimited ? "infinity" : print_share({usec / usec_of_a_permyriad});
}

// Weights; "idle" of CPUWeight= is 0.

std::optional<Setting> parse_weight(const Directive& directive, const Lines& lines) {
  const auto text = only(lines).value_or("");
  if (!directive.words.empty() && text == directive.words[0]) {
    return std::uint64_t{0};
  }
  const auto weight = semantics::number<std::uint64_t>(text);
  return weight && 1 <= *weight && *weight <= 10'000 ? as_setting(weight) : std::nullopt;
}

std::optional<Setting> read_weight(const Directive& /*directive*/, const Value& property) {
  const auto* weight = property.get<std::uint64_t>();
  return weight != nullptr ? std::optional<Setting>(*weight == unlimited ? default_weight : *weight)
                           : std::nullopt;
}

std::string print_weight(const Directive& directive, const Setting& setting) {
  const auto weight = std::get<std::uint64_t>(setting);
  return weight == 0 && !directive.words.empty() ? std::string(directive.words[0])
                                                 : std::to_string(weight);
}

// Whole numbers with a sign.

template <std::int64_t low, std::int64_t high>
std::optional<Setting> parse_signed(const Directive& /*directive*/, const Lines& lines) {
  auto text = only(lines).value_or("");
  text.erase(0, text.starts_with('+') ? 1 : 0);
  const auto value = semantics::number<std::int64_t>(text);
  return value && low <= *value && *value <= high ? std::optional<Setting>(*value) : std::nullopt;
}

std::string print_signed(const Directive& /*directive*/, const Setting& setting) {
  return std::to_string(std::get<std::int64_t>(setting));
}

template <std::int64_t low, std::int64_t high>
constexpr DirectiveType signed_type(std::string_view spelling) {
  return {.spelling = spelling,
          .parse = parse_signed<low, high>,
          .read = read_as<std::int64_t>,
          .satisfies = is_equal,
          .print = print_signed,
          .schema = text_or_integer_schema};
}

// Words, on D-Bus as they are or by their number.

std::optional<Setting> parse_word(const Directive& directive, const Lines& lines) {
  const auto text = only(lines).value_or("");
  return !text.empty() && std::ranges::find(directive.words, text) != directive.words.end()
             ? std::optional<Setting>(text)
             : std::nullopt;
}

std::optional<Setting> read_word(const Directive& directive, const Value& property) {
  if (const auto* text = property.get<std::string>()) {
    return *text;
  }
  const auto* number = property.get<std::int64_t>();
  const bool is_known = number != nullptr && *number >= 0 &&
                        static_cast<std::size_t>(*number) < directive.words.size();
  return is_known ? std::optional<Setting>(
                        std::string(directive.words[static_cast<std::size_t>(*number)]))
                  : std::nullopt;
}

}  // namespace

const DirectiveType memory{.spelling = R"(a size as "32G", a percentage, or "infinity")",
                           .parse = parse_memory,
                           .read = read_as<std::uint64_t>,
                           .satisfies = is_same_memory,
                           .print = print_memory,
                           .schema = text_or_integer_schema};
const DirectiveType tasks{.spelling = R"(a number, a percentage, or "infinity")",
                          .parse = parse_tasks,
                          .read = read_as<std::uint64_t>,
                          .satisfies = is_same_count,
                          .print = print_tasks,
                          .schema = text_or_integer_schema};
const DirectiveType quota{.spelling = R"(a percentage of one CPU, as "200%", or "infinity")",
                          .parse = parse_quota,
                          .read = read_as<std::uint64_t>,
                          .satisfies = is_equal,
                          .print = print_quota,
                          .schema = text_or_integer_schema};
const DirectiveType weight{.spelling = "a number from 1 to 10000, or a word that the directive has",
                           .parse = parse_weight,
                           .read = read_weight,
                           .satisfies = is_equal,
                           .print = print_weight,
                           .schema = text_or_integer_schema};
const DirectiveType word{.spelling = "one of the directive's words",
                         .parse = parse_word,
                         .read = read_word,
                         .satisfies = is_equal,
                         .print = print_text,
                         .schema = words_schema};
const DirectiveType score = signed_type<-1000, 1000>("a number from -1000 to 1000");
const DirectiveType niceness = signed_type<-20, 19>("a number from -20 to 19");
const DirectiveType io_priority = signed_type<0, 7>("a number from 0 to 7");
}  // namespace checklist::checks::types
