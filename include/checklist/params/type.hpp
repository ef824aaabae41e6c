// SPDX-License-Identifier: MIT
// How parameters of a type are parsed, printed and described.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/params/error.hpp"
#include "checklist/value.hpp"

namespace checklist {
// The spelling of a T in a spec. Must be specialised beside the type, with
//   expected: "a list of …"    parse(Value) -> optional<T>    print(T) -> Value
//   schema() -> Dict (JSON Schema)
// Containers have parse(value, pointer, errors) instead, which reports errors of the elements at
// their own place.
template <class T>
struct ParameterType;

// Returns the parsed value, or nothing and an error at `at`.
template <class T>
std::optional<T> read_value(const Value& value, const std::string& at, ConfigErrors& errors) {
  if constexpr (requires { ParameterType<T>::parse(value, at, errors); }) {
    return ParameterType<T>::parse(value, at, errors);
  } else {
    auto parsed = ParameterType<T>::parse(value);
    if (!parsed) {
      errors.push_back({at, std::string(ParameterType<T>::expected), describe(value)});
    }
    return parsed;
  }
}

inline Dict schema_type(std::string_view type) {
  return {{"type", Value{std::string(type)}}};
}

// Returns the schema of a string that matches a regular expression.
inline Dict pattern_schema(std::string_view pattern) {
  return {{"type", Value{std::string("string")}}, {"pattern", Value{std::string(pattern)}}};
}

template <>
struct ParameterType<bool> {
  static constexpr std::string_view expected = "true or false";

  static std::optional<bool> parse(const Value& value) {
    const auto* flag = value.get<bool>();
    return flag != nullptr ? std::optional(*flag) : std::nullopt;
  }

  static Value print(bool flag) { return {flag}; }

  static Dict schema() { return schema_type("boolean"); }
};

template <>
struct ParameterType<std::uint64_t> {
  static constexpr std::string_view expected = "a whole number, 0 or more";

  static std::optional<std::uint64_t> parse(const Value& value) {
    if (const auto* number = value.get<std::uint64_t>()) {
      return *number;
    }
    const auto* number = value.get<std::int64_t>();
    return number != nullptr && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number))
                                             : std::nullopt;
  }

  static Value print(std::uint64_t number) { return {number}; }

  static Dict schema() {
    return {{"type", Value{std::string("integer")}}, {"minimum", Value{std::int64_t{0}}}};
  }
};

template <>
struct ParameterType<std::string> {
  static constexpr std::string_view expected = "a string";

  static std::optional<std::string> parse(const Value& value) {
    const auto* words = value.get<std::string>();
    return words != nullptr ? std::optional(*words) : std::nullopt;
  }

  static Value print(const std::string& words) { return {words}; }

  static Dict schema() { return schema_type("string"); }
};

template <class T>
struct ParameterType<std::optional<T>> {
  static std::optional<std::optional<T>> parse(const Value& value, const std::string& at,
                                               ConfigErrors& errors) {
    auto inner = read_value<T>(value, at, errors);
    return inner ? std::optional(std::optional(std::move(*inner))) : std::nullopt;
  }

  static Value print(const std::optional<T>& value) {
    return value ? ParameterType<T>::print(*value) : Value{};
  }

  static Dict schema() { return ParameterType<T>::schema(); }
};

template <class T>
struct ParameterType<std::vector<T>> {
  static std::optional<std::vector<T>> parse(const Value& value, const std::string& at,
                                             ConfigErrors& errors) {
    const auto* list = value.get<Values>();
    if (list == nullptr) {
      errors.push_back({at, "a list", describe(value)});
      return std::nullopt;
    }
    std::vector<T> out;
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (auto element = read_value<T>((*list)[i], at + "/" + std::to_string(i), errors)) {
        out.push_back(std::move(*element));
      }
    }
    return out;
  }

  static Value print(const std::vector<T>& list) {
    Values out;
    for (const T& element : list) {
      out.push_back(ParameterType<T>::print(element));
    }
    return {std::move(out)};
  }

  static Dict schema() {
    return {{"type", Value{std::string("array")}}, {"items", Value{ParameterType<T>::schema()}}};
  }
};

// An enum with a table of names.
template <class E>
requires std::is_enum_v<E>

struct ParameterType<E> {
  static std::optional<E> parse(const Value& value, const std::string& at, ConfigErrors& errors) {
    const auto* word = value.get<std::string>();
    const auto parsed = word != nullptr ? from_text<E>(*word) : std::nullopt;
    if (!parsed) {
      std::vector<std::string_view> known;
      std::ranges::transform(names<E>, std::back_inserter(known),
                             [](const auto& n) { return n.second; });
      errors.push_back({at, suggestion(word != nullptr ? *word : "", known), describe(value)});
    }
    return parsed;
  }

  static Value print(E value) { return {std::string(text(value))}; }

  static Dict schema() {
    Values all;
    std::ranges::transform(names<E>, std::back_inserter(all),
                           [](const auto& n) { return Value{std::string(n.second)}; });
    return {{"enum", Value{std::move(all)}}};
  }
};
}  // namespace checklist
