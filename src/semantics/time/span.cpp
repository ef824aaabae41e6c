// SPDX-License-Identifier: MIT
#include "semantics/time/span.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

namespace checklist::semantics {
namespace {
struct Unit {
  std::string_view name;
  std::int64_t usec;
};

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t year = 31'557'600 * second;  // 365.25 days, as systemd counts
constexpr std::int64_t month = year / 12;

// The first name of each length is printed.
constexpr std::array<Unit, 33> units{{{"y", year},
                                      {"year", year},
                                      {"years", year},
                                      {"month", month},
                                      {"months", month},
                                      {"M", month},
                                      {"w", 7 * day},
                                      {"week", 7 * day},
                                      {"weeks", 7 * day},
                                      {"d", day},
                                      {"day", day},
                                      {"days", day},
                                      {"h", hour},
                                      {"hr", hour},
                                      {"hour", hour},
                                      {"hours", hour},
                                      {"min", minute},
                                      {"m", minute},
                                      {"minute", minute},
                                      {"minutes", minute},
                                      {"s", second},
                                      {"sec", second},
                                      {"second", second},
                                      {"seconds", second},
                                      {"ms", 1000},
                                      {"msec", 1000},
                                      {"us", 1},
                                      {"usec", 1},
                                      {"µs", 1},
                                      {"\xce\xbcs", 1},
                                      {"millisecond", 1000},
                                      {"microsecond", 1},
                                      {"", second}}};

constexpr std::string_view blanks = " \t\n";

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

std::string_view take(std::string_view& text, std::string_view stop_at, bool of_these) {
  const auto end = of_these ? text.find_first_not_of(stop_at) : text.find_first_of(stop_at);
  const auto taken = text.substr(0, end);
  text.remove_prefix(taken.size());
  return taken;
}

// Reads one "1.5 h" at the beginning of the text and removes it.
std::optional<std::int64_t> one_part(std::string_view& text) {
  const std::string number(take(text, "0123456789.", true));
  if (number.empty() || number == "." || number.find('.') != number.rfind('.')) {
    return std::nullopt;
  }
  text = without_blanks(text);
  const auto name = take(text, " \t\n0123456789.", false);
  for (const Unit& unit : units) {
    if (unit.name == name) {
      const long double usec =
          std::strtold(number.c_str(), nullptr) * static_cast<long double>(unit.usec);
      return usec < 9.2e18L ? std::optional(static_cast<std::int64_t>(std::llround(usec)))
                            : std::nullopt;
    }
  }
  return std::nullopt;
}
}  // namespace

std::optional<Span> parse_span(std::string_view text) {
  text = without_blanks(text);
  if (text == "infinity") {
    return infinity;
  }
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t total = 0;
  while (!text.empty()) {
    const auto part = one_part(text);
    if (!part || __builtin_add_overflow(total, *part, &total)) {
      return std::nullopt;
    }
    text = without_blanks(text);
  }
  return Span{Duration{total}};
}

std::string print_span(Span span) {
  if (span == infinity) {
    return "infinity";
  }
  std::string out;
  std::int64_t left = span.length.count();
  std::int64_t last = 0;
  for (const Unit& unit : units) {
    if (unit.usec != last && !unit.name.empty() && left >= unit.usec) {
      out += (out.empty() ? "" : " ") + std::to_string(left / unit.usec) + std::string(unit.name);
      left %= unit.usec;
    }
    last = unit.usec;
  }
  return out.empty() ? "0" : out;
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::Span> ParameterType<semantics::Span>::parse(const Value& value) {
  if (const auto* text = value.get<std::string>()) {
    return semantics::parse_span(*text);
  }
  return std::nullopt;
}

// Accepts what parse_span() accepts, and lengths that overflow.
Dict ParameterType<semantics::Span>::schema() {
  std::string names;
  for (const auto& unit : semantics::units) {
    names += (names.empty() || unit.name.empty() ? "" : "|") + std::string(unit.name);
  }
  return pattern_schema("^[ \t\n]*(infinity|((([0-9]+\\.?[0-9]*|\\.[0-9]+)(?![0-9.]))[ \t\n]*(" +
                        names + ")?(?![^ \t\n0-9.])[ \t\n]*)+)$");
}
}  // namespace checklist
