// SPDX-License-Identifier: MIT
// Time spans as systemd.time(7) spells them: "15m", "1h 30s", "2.5s", "90" (seconds), "infinity".
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"
#include "checklist/time.hpp"

namespace checklist::semantics {
struct Span {
  Duration length{};
  auto operator<=>(const Span&) const = default;
};

inline constexpr Span infinity{Duration::max()};

// The moment that long after another; a century is as good as infinity and overflows no clock.
constexpr TimePoint after(TimePoint moment, Duration length) {
  return moment + std::min<Duration>(length, std::chrono::years{100});
}

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
}  // namespace checklist
