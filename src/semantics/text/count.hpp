// SPDX-License-Identifier: MIT
// Whole numbers whose type carries their range.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// A whole number from `low` to `high`.
template <std::uint64_t low, std::uint64_t high>
struct Count {
  std::uint64_t number = low;
  bool operator==(const Count&) const = default;
};
}  // namespace checklist::semantics

namespace checklist {
template <std::uint64_t low, std::uint64_t high>
struct ParameterType<semantics::Count<low, high>> {
  using Count = semantics::Count<low, high>;

  static std::optional<Count> parse(const Value& value, const std::string& at,
                                    ConfigErrors& errors) {
    const auto number = ParameterType<std::uint64_t>::parse(value);
    if (!number || *number < low || *number > high) {
      errors.push_back(
          {at, "a whole number from " + std::to_string(low) + " to " + std::to_string(high),
           describe(value)});
      return std::nullopt;
    }
    return Count{*number};
  }

  static Value print(Count count) { return {count.number}; }

  static Dict schema() {
    return {
        {"type", Value{std::string("integer")}}, {"minimum", Value{low}}, {"maximum", Value{high}}};
  }
};
}  // namespace checklist
