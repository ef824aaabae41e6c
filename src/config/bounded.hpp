// SPDX-License-Identifier: MIT
// Parameters whose type carries their range, and groups of parameters.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/params/error.hpp"
#include "checklist/params/read.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

#include "semantics/text/count.hpp"
#include "semantics/time/span.hpp"

namespace checklist::config {
using semantics::Count;

// A time span from `low` to `high` milliseconds.
template <std::int64_t low, std::int64_t high>
struct SpanWithin {
  Duration length = std::chrono::milliseconds{low};
  bool operator==(const SpanWithin&) const = default;
};

// An object of parameters with its own table of fields.
template <class P, const auto& fields>
struct Section {
  P as;
};
}  // namespace checklist::config

namespace checklist {
template <std::int64_t low, std::int64_t high>
struct ParameterType<config::SpanWithin<low, high>> {
  using SpanWithin = config::SpanWithin<low, high>;

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

template <class P, const auto& fields>
struct ParameterType<config::Section<P, fields>> {
  using Section = config::Section<P, fields>;

  static std::optional<Section> parse(const Value& value, const std::string& at,
                                      ConfigErrors& mistakes) {
    const auto* given = value.get<Dict>();
    if (given == nullptr) {
      mistakes.push_back({at, "an object", describe(value)});
      return std::nullopt;
    }
    return Section{read<P>(*given, fields, at, mistakes)};
  }

  static Value print(const Section& /*section*/) { return {}; }  // each member has its own default

  static Dict schema() { return checklist::schema<P>(fields); }
};
}  // namespace checklist
