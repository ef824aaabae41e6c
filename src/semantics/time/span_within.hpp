// SPDX-License-Identifier: MIT
// Time spans whose type carries their range.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "semantics/time/span.hpp"

namespace checklist::semantics {
// A time span from `low` to `high` milliseconds.
template <std::int64_t low, std::int64_t high>
struct SpanWithin {
  Duration length = std::chrono::milliseconds{low};
  bool operator==(const SpanWithin&) const = default;
};
}  // namespace checklist::semantics

namespace checklist {
template <std::int64_t low, std::int64_t high>
struct ParameterType<semantics::SpanWithin<low, high>> {
  using SpanWithin = semantics::SpanWithin<low, high>;

  static std::string range() {
    return semantics::print_span({std::chrono::milliseconds{low}}) + " to " +
           semantics::print_span({std::chrono::milliseconds{high}});
  }

  static std::optional<SpanWithin> parse(const Value& value, const std::string& at,
                                         ConfigErrors& mistakes) {
    const auto span = ParameterType<semantics::Span>::parse(value);
    if (!span || span->length < std::chrono::milliseconds{low} ||
        span->length > std::chrono::milliseconds{high}) {
      mistakes.push_back(
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
