// SPDX-License-Identifier: MIT
// Reads a spec's values into parameters; every error is reported with its place.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "checklist/params/error.hpp"
#include "checklist/params/field.hpp"
#include "checklist/params/type.hpp"

namespace checklist {
template <class P, class Fields>
P read_and_validate(const Dict& arguments, const Fields& fields, const std::string& at,
                    ConfigErrors& errors);

template <class P, class... T>
P read(const Dict& given, const std::tuple<Field<P, T>...>& fields, const std::string& at,
       ConfigErrors& errors) {
  P out;
  std::vector<std::string_view> known;
  std::apply([&](const auto&... field) { (known.push_back(field.key), ...); }, fields);
  for (const auto& [key, value] : given) {
    if (std::ranges::find(known, key) == known.end()) {
      errors.push_back(
          {at + "/" + pointer_token(key), suggestion(key, known), "the unknown key '" + key + "'"});
    }
  }
  const auto one = [&]<class F>(const Field<P, F>& field) {
    if (const auto found = given.find(field.key); found != given.end()) {
      auto parsed = read_value<F>(found->second, at + "/" + pointer_token(field.key), errors);
      if (parsed) {
        out.*field.member = std::move(*parsed);
      }
    }
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
  return out;
}

template <class P, class K, class V, class Fields>
P read(const Dict& given, const MapField<P, K, V, Fields>& entries, const std::string& at,
       ConfigErrors& errors) {
  P out;
  for (const auto& [key, value] : given) {
    const std::string here = at + "/" + pointer_token(key);
    const auto* arguments = value.template get<Dict>();
    auto name = read_value<K>(Value{key}, here, errors);
    if (arguments == nullptr) {
      errors.push_back({here, "an object", describe(value)});
    } else if (name) {
      (out.*entries.member)
          .emplace(std::move(*name),
                   read_and_validate<V>(*arguments, entries.fields, here, errors));
    }
  }
  return out;
}

// Reads the fields, then calls `validate(at, errors)` if P has it, which reports missing and
// mutually exclusive parameters. Errors at `at` itself may be met by defaults given elsewhere.
template <class P, class Fields>
P read_and_validate(const Dict& arguments, const Fields& fields, const std::string& at,
                    ConfigErrors& errors) {
  P out = read<P>(arguments, fields, at, errors);
  if constexpr (requires { out.validate(at, errors); }) {
    out.validate(at, errors);
  }
  return out;
}
}  // namespace checklist
