// SPDX-License-Identifier: MIT
#include "checks/directives/rlimit_types.hpp"

#include "checks/directives/type_parts.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks::types {
namespace {
// A number without a unit counts units of `usec`; a remainder is rounded up.
template <std::int64_t usec>
std::optional<std::uint64_t> parse_time(std::string_view text) {
  if (const auto count = parse_count(text)) {
    return count;
  }
  const auto span = semantics::parse_span(text);
  return span ? std::optional(static_cast<std::uint64_t>((span->length.count() + usec - 1) / usec))
              : std::nullopt;
}

template <std::int64_t usec>
std::string print_time(std::uint64_t count) {
  const bool fits = count < static_cast<std::uint64_t>(INT64_MAX / usec);
  return fits && count != 0
             ? semantics::print_span({Duration{static_cast<std::int64_t>(count) * usec}})
             : print_count(count);
}

// RLIMIT_NICE is 20 minus the niceness that it allows; a number with a sign is the niceness itself.
std::optional<std::uint64_t> parse_niceness(std::string_view text) {
  if (!text.starts_with('+') && !text.starts_with('-')) {
    const auto raw = parse_count(text);
    return raw && (*raw <= 40 || *raw == unlimited) ? raw : std::nullopt;
  }
  const auto nice = semantics::number<std::int64_t>(text.substr(text.front() == '+' ? 1 : 0));
  return nice && -20 <= *nice && *nice <= 19 ? std::optional(static_cast<std::uint64_t>(20 - *nice))
                                             : std::nullopt;
}

template <auto parse_value>
std::optional<Setting> parse(const Directive& /*directive*/, const Lines& lines) {
  const auto line = only(lines);
  if (!line) {
    return std::nullopt;
  }
  const std::string_view text = *line;
  const auto colon = text.find(':');
  const auto soft = parse_value(text.substr(0, colon));
  const auto hard = colon == std::string_view::npos ? soft : parse_value(text.substr(colon + 1));
  return soft && hard && *soft <= *hard
             ? std::optional<Setting>(Limit{.soft = *soft, .hard = *hard})
             : std::nullopt;
}

std::optional<Setting> read(const Directive& /*directive*/, const Value& property) {
  const auto* both = property.get<Values>();
  const auto* hard =
      both != nullptr && both->size() == 2 ? both->front().get<std::uint64_t>() : nullptr;
  const auto* soft = hard != nullptr ? both->back().get<std::uint64_t>() : nullptr;
  return soft != nullptr ? std::optional<Setting>(Limit{.soft = *soft, .hard = *hard})
                         : std::nullopt;
}

template <auto print_value>
std::string print(const Directive& /*directive*/, const Setting& setting) {
  const auto& limit = std::get<Limit>(setting);
  const std::string hard = print_value(limit.hard);
  return limit.soft == limit.hard ? hard : print_value(limit.soft) + ":" + hard;
}

template <auto parse_value, auto print_value>
constexpr DirectiveType type(std::string_view spelling) {
  return {.spelling = spelling,
          .parse = parse<parse_value>,
          .read = read,
          .satisfies = is_equal,
          .print = print<print_value>,
          .schema = text_or_integer_schema};
}
}  // namespace

const DirectiveType limit_of_bytes =
    type<parse_size, print_size>(R"(a size as "64M" or "infinity", or two as "soft:hard")");
const DirectiveType limit_of_number =
    type<parse_count, print_count>(R"(a number or "infinity", or two as "1024:65536")");
const DirectiveType limit_of_seconds = type<parse_time<1'000'000>, print_time<1'000'000>>(
    R"(a time span as "1h" or "infinity", or two as "soft:hard")");
const DirectiveType limit_of_usec = type<parse_time<1>, print_time<1>>(
    R"(a time span as "10ms" or "infinity", or two as "soft:hard")");
const DirectiveType limit_of_niceness =
    type<parse_niceness, print_count>(R"(a niceness as "+5" or "-10", or the raw 0 to 40)");

bool is_rlimit(const DirectiveType& type) {
  return type.read == limit_of_bytes.read;
}
}  // namespace checklist::checks::types
