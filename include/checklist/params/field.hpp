// SPDX-License-Identifier: MIT
// A check's parameters: a plain struct, and the table of its fields, from which parsing (read.hpp),
// the captured spec and the JSON Schema (schema.hpp) are derived.
#pragma once
#include <map>
#include <string_view>
#include <tuple>

namespace checklist {
template <class P, class T>
struct Field {
  std::string_view key;
  T P::*member;
  std::string_view help;  // one line for the schema and the check's page
};

template <class P, class T>
Field(std::string_view, T P::*, std::string_view)
    -> Field<P, T>;  // clang 14 has no deduction for aggregates

// Replaces the table if the parameters are a map from names chosen by the user to structs that
// share a table. A key is parsed as a string by ParameterType<K>.
template <class P, class K, class V, class Fields>
struct MapField {
  std::map<K, V> P::*member;
  Fields fields;          // of each V
  std::string_view help;  // what the keys are
};

template <class P, class K, class V, class Fields>
MapField(std::map<K, V> P::*, Fields, std::string_view) -> MapField<P, K, V, Fields>;
}  // namespace checklist
