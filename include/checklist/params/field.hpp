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
    -> Field<P, T>;  // clang 14 deduces no aggregate by itself

// Instead of a table: parameters that are one map, from names that the user gives to structs that
// share a table. A K is spelt as its ParameterType says, and is read from the key as from a text.
template <class P, class K, class V, class Fields>
struct MapField {
  std::map<K, V> P::*member;
  Fields fields;          // of each V
  std::string_view help;  // what a key is
};

template <class P, class K, class V, class Fields>
MapField(std::map<K, V> P::*, Fields, std::string_view) -> MapField<P, K, V, Fields>;
}  // namespace checklist
