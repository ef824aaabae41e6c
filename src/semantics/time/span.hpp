// SPDX-License-Identifier: MIT
// Time spans as systemd.time(7) spells them: "15m", "1h 30s", "2.5s", "90" (seconds), "infinity".
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"
#include "checklist/time.hpp"

namespace checklist::semantics {
struct Span {
  Duration length{};
  auto operator<=>(const Span&) const = default;
};

inline constexpr Span infinity{Duration::max()};

// Returns the moment that long after another. Longer spans than a century count as one, so that no
// clock overflows.
constexpr TimePoint after(TimePoint moment, Duration length) {
  return moment + std::min<Duration>(length, std::chrono::years{100});
}

// A time span from `low` to `high` milliseconds.
template <std::int64_t low, std::int64_t high>
struct SpanWithin {
  Duration length = std::chrono::milliseconds{low};
  bool operator==(const SpanWithin&) const = default;
};

std::optional<Span> parse_span(std::string_view text);
std::string print_span(Span span);
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::Span> {
  static constexpr std::string_view expected = R"(a time span, as "15m" or "1h 30s")";
  static std::optional<semantics::Span> parse(const Value& value);

  static Value print(semantics::Span span) { return {semantics::print_span(span)}; }

  static Dict schema();
};

template <std::int64_t low, std::int64_t high>
struct ParameterType<semantics::SpanWithin<low, high>> {
  using SpanWithin = semantics::SpanWithin<low, high>;

  static std::string range() {
    return semantics::print_span({std::chrono::milliseconds{low}}) + " to " +
           semantics::print_span({std::chrono::milliseconds{high}});
  }

  static std::optional<SpanWithin> parse(const Value& value, const std::string& at,
                                         ConfigErrors& errors) {
    const auto span = ParameterType<semantics::Span>::parse(value);
    if (!span || span->length < std::chrono::milliseconds{low} ||
        span->length > std::chrono::milliseconds{high}) {
      errors.push_back(
          {at, "a time span from " + range() + R"(, as "15m" or "1h 30s")", describe(value)});
      return std::nullopt;
    }
    return SpanWithin{span->length};
  }

  static Value print(SpanWithin span) { return {semantics::print_span({span.length})}; }

  static Dict schema() {
    Dict out = ParameterType<semantics::Span>::schema();
    out["$comment"] = Value{"from " + range()};  // a pattern cannot say so
    return out;
  }
};
}  // namespace checklist
