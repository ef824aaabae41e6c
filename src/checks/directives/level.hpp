// SPDX-License-Identifier: MIT
// An exposure level of systemd-analyze(1): 0.0, nothing to gain, to 10.0.
#pragma once
#include <optional>
#include <string_view>

#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::checks {
struct Level {
  double value = 10;
  bool operator==(const Level&) const = default;
};
}  // namespace checklist::checks

namespace checklist {
template <>
struct ParameterType<checks::Level> {
  static constexpr std::string_view expected = "a number from 0 to 10";

  static std::optional<checks::Level> parse(const Value& value) {
    const auto* decimal = value.get<double>();
    const auto whole = ParameterType<std::uint64_t>::parse(value);
    const double level = decimal != nullptr ? *decimal : static_cast<double>(whole.value_or(11));
    return 0 <= level && level <= 10 ? std::optional(checks::Level{level}) : std::nullopt;
  }

  static Value print(checks::Level level) { return {level.value}; }

  static Dict schema() {
    return {{"type", Value{std::string("number")}},
            {"minimum", Value{std::int64_t{0}}},
            {"maximum", Value{std::int64_t{10}}}};
  }
};
}  // namespace checklist
