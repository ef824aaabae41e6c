// SPDX-License-Identifier: MIT
// Prints parameters as a spec gives them, and their JSON Schema.
#pragma once
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "checklist/params/field.hpp"
#include "checklist/params/type.hpp"

namespace checklist {
// Returns the parameters as a spec gives them, without those that equal the default.
template <class P, class... T>
Dict print(const P& params, const std::tuple<Field<P, T>...>& fields) {
  Dict out;
  const P defaults;
  const auto one = [&]<class F>(const Field<P, F>& field) {
    if (!(params.*field.member == defaults.*field.member)) {
      out.emplace(field.key, ParameterType<F>::print(params.*field.member));
    }
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
  return out;
}

// Returns the JSON Schema of the parameters, with their defaults.
template <class P, class... T>
Dict schema(const std::tuple<Field<P, T>...>& fields) {
  Dict properties;
  const P defaults;
  const auto one = [&]<class F>(const Field<P, F>& field) {
    Dict entry = ParameterType<F>::schema();
    entry["description"] = Value{std::string(field.help)};
    const Value preset = ParameterType<F>::print(defaults.*field.member);
    if (preset.as.index() != 0) {
      entry["default"] = preset;
    }
    properties[std::string(field.key)] = Value{std::move(entry)};
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
  return {{"type", Value{std::string("object")}},
          {"additionalProperties", Value{false}},
          {"properties", Value{std::move(properties)}}};
}

template <class P, class K, class V, class Fields>
Dict print(const P& params, const MapField<P, K, V, Fields>& entries) {
  Dict out;
  for (const auto& [name, value] : params.*entries.member) {
    const Value key = ParameterType<K>::print(name);
    out.emplace(*key.template get<std::string>(), Value{print(value, entries.fields)});
  }
  return out;
}

template <class P, class K, class V, class Fields>
Dict schema(const MapField<P, K, V, Fields>& entries) {
  Dict keys = ParameterType<K>::schema();
  keys["description"] = Value{std::string(entries.help)};
  Dict values = schema<V>(entries.fields);
  return {{"type", Value{std::string("object")}},
          {"propertyNames", Value{std::move(keys)}},
          {"additionalProperties", Value{std::move(values)}}};
}
}  // namespace checklist
