// SPDX-License-Identifier: MIT
// A JSON-like value: an argument of a spec, a D-Bus value or a captured parameter.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace checklist {
struct Value;
using Values = std::vector<Value>;
using Dict = std::map<std::string, Value, std::less<>>;

struct Value {
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Values, Dict>
      as;

  // Returns the value as T, or null if it has another type.
  template <class T>
  [[nodiscard]] const T* get() const {
    return std::get_if<T>(&as);
  }

  bool operator==(const Value&) const = default;
};

// Returns the strings of a list, without what is not a string.
inline std::vector<std::string> texts(const Values& list) {
  std::vector<std::string> out;
  for (const Value& each : list) {
    if (const auto* text = each.get<std::string>()) {
      out.push_back(*text);
    }
  }
  return out;
}
}  // namespace checklist
