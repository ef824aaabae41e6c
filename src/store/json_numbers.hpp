// SPDX-License-Identifier: MIT
// Reads values of JSON that the library would round, wrap, truncate or take for another. All throw
// std::invalid_argument, or nlohmann's own exceptions. Private to src/store.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "checklist/time.hpp"

namespace checklist::store {
// Returns a value for an error message; of a list or an object its type, because printing recurses
// as deep as they are nested.
inline std::string shown(const nlohmann::json& value) {
  return value.is_structured() ? value.type_name() : value.dump();
}

// Returns the members of an object, which a list or a number must not pass for.
inline auto members(const nlohmann::json& value) {
  if (!value.is_object()) {
    throw std::invalid_argument("not an object: " + shown(value));
  }
  return value.items();
}

// Returns the number, which must be an integer of that type.
template <class T>
T integer(const nlohmann::json& value) {
  const bool fits = value.is_number_unsigned()
                        ? std::in_range<T>(value.get<std::uint64_t>())
                        : value.is_number_integer() && std::in_range<T>(value.get<std::int64_t>());
  return fits ? value.get<T>() : throw std::invalid_argument("not an integer: " + shown(value));
}

// Returns a number that is published: readers of JSON keep integers up to 2^53.
inline std::uint64_t count(const nlohmann::json& value) {
  constexpr std::uint64_t most = std::uint64_t{1} << 53U;
  const auto out = integer<std::uint64_t>(value);
  return out <= most ? out : throw std::invalid_argument("not a count: " + shown(value));
}

// Returns a time, which is in microseconds since 1970 and before the year 10000.
inline WallTime wall_time(const nlohmann::json& value) {
  constexpr std::int64_t end_of_9999 = 253'402'300'799'000'000;
  const auto out = integer<std::int64_t>(value);
  return out >= 0 && out <= end_of_9999
             ? WallTime{Duration{out}}
             : throw std::invalid_argument("not a time: " + shown(value));
}
}  // namespace checklist::store
