// SPDX-License-Identifier: MIT
// A check's parameters: a plain struct and the table of its fields. One generic reader turns a
// spec's values into the struct and reports every mistake with its place; the same table prints the
// JSON Schema and a captured spec.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/value.hpp"

namespace checklist {
// Something wrong in a configuration: where (a JSON pointer), what was expected, what stood there.
struct Mistake {
  std::string pointer;
  std::string expected;
  std::string found;
  bool operator==(const Mistake&) const = default;
};

using Mistakes = std::vector<Mistake>;

// How a T is spelt in a spec; specialise beside the type:
//   expected: "a list of …"    parse(Value) -> optional<T>    print(T) -> Value    schema() -> Dict
//   (JSON Schema)
// Containers report mistakes of their elements with their own place through parse(value, pointer,
// mistakes).
template <class T>
struct Reads;

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
// share a table. A K is spelt as its Reads says, and is read from the key as from a text.
template <class P, class K, class V, class Fields>
struct Entries {
  std::map<K, V> P::*member;
  Fields fields;          // of each V
  std::string_view help;  // what a key is
};

template <class P, class K, class V, class Fields>
Entries(std::map<K, V> P::*, Fields, std::string_view) -> Entries<P, K, V, Fields>;

// How many single-character edits lie between two words.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

// The known word that was probably meant, as "perhaps 'x'"; every known word if none is near.
inline std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near =
      std::ranges::min_element(known, {}, [&](auto k) { return edit_distance(k, word); });
  if (near != known.end() &&
      edit_distance(*near, word) <= std::max<std::size_t>(2, word.size() / 3)) {
    return "perhaps '" + std::string(*near) + "'";
  }
  std::string all = known.empty() ? "no keys" : "one of";
  for (auto k : known) {
    all += std::string(k == known.front() ? " " : ", ") + std::string(k);
  }
  return all;
}

// A value as a person would call it in an error message.
inline std::string describe(const Value& value) {
  struct Describe {
    std::string operator()(std::monostate /*null*/) const { return "null"; }

    std::string operator()(bool b) const { return b ? "true" : "false"; }

    std::string operator()(std::int64_t n) const { return std::to_string(n); }

    std::string operator()(std::uint64_t n) const { return std::to_string(n); }

    std::string operator()(double d) const { return std::to_string(d); }

    std::string operator()(const std::string& s) const { return "'" + s.substr(0, 60) + "'"; }

    std::string operator()(const Values& /*list*/) const { return "a list"; }

    std::string operator()(const Dict& /*dict*/) const { return "an object"; }
  };

  return std::visit(Describe{}, value.as);
}

// One value at its place; a mistake if it is none of T.
template <class T>
std::optional<T> read_value(const Value& value, const std::string& at, Mistakes& mistakes) {
  if constexpr (requires { Reads<T>::parse(value, at, mistakes); }) {
    return Reads<T>::parse(value, at, mistakes);
  } else {
    auto parsed = Reads<T>::parse(value);
    if (!parsed) {
      mistakes.push_back({at, std::string(Reads<T>::expected), describe(value)});
    }
    return parsed;
  }
}

// `/` and `~` in a key, as RFC 6901 escapes them.
inline std::string pointer_token(std::string_view key) {
  std::string out;
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}

template <class P, class... T>
P read(const Dict& given, const std::tuple<Field<P, T>...>& fields, const std::string& at,
       Mistakes& mistakes) {
  P out;
  std::vector<std::string_view> known;
  std::apply([&](const auto&... field) { (known.push_back(field.key), ...); }, fields);
  for (const auto& [key, value] : given) {
    if (std::ranges::find(known, key) == known.end()) {
      mistakes.push_back(
          {at + "/" + pointer_token(key), suggestion(key, known), "the unknown key '" + key + "'"});
    }
  }
  const auto one = [&]<class F>(const Field<P, F>& field) {
    if (const auto found = given.find(field.key); found != given.end()) {
      auto parsed = read_value<F>(found->second, at + "/" + pointer_token(field.key), mistakes);
      if (parsed) {
        out.*field.member = std::move(*parsed);
      }
    }
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
  return out;
}

// Parameters by themselves, then together: a P may have `complain(at, mistakes)` for what is
// missing or excludes each other. What it tells at `at` itself may be given elsewhere, as a
// default.
template <class P, class Fields>
P read_whole(const Dict& arguments, const Fields& fields, const std::string& at,
             Mistakes& mistakes) {
  P out = read<P>(arguments, fields, at, mistakes);
  if constexpr (requires { out.complain(at, mistakes); }) {
    out.complain(at, mistakes);
  }
  return out;
}

// The parameters as a spec would give them, without those that equal the default.
template <class P, class... T>
Dict print(const P& params, const std::tuple<Field<P, T>...>& fields) {
  Dict out;
  const P defaults;
  const auto one = [&]<class F>(const Field<P, F>& field) {
    if (!(params.*field.member == defaults.*field.member)) {
      out.emplace(field.key, Reads<F>::print(params.*field.member));
    }
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
  return out;
}

// The JSON Schema of the parameters, defaults included.
template <class P, class... T>
Dict schema(const std::tuple<Field<P, T>...>& fields) {
  Dict properties;
  const P defaults;
  const auto one = [&]<class F>(const Field<P, F>& field) {
    Dict entry = Reads<F>::schema();
    entry["description"] = Value{std::string(field.help)};
    const Value preset = Reads<F>::print(defaults.*field.member);
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

inline Dict schema_type(std::string_view type) {
  return {{"type", Value{std::string(type)}}};
}

// A text that a regular expression describes as exactly as one can.
inline Dict pattern_schema(std::string_view pattern) {
  return {{"type", Value{std::string("string")}}, {"pattern", Value{std::string(pattern)}}};
}

template <class P, class K, class V, class Fields>
P read(const Dict& given, const Entries<P, K, V, Fields>& entries, const std::string& at,
       Mistakes& mistakes) {
  P out;
  for (const auto& [key, value] : given) {
    const std::string here = at + "/" + pointer_token(key);
    const auto* arguments = value.template get<Dict>();
    auto name = read_value<K>(Value{key}, here, mistakes);
    if (arguments == nullptr) {
      mistakes.push_back({here, "an object", describe(value)});
    } else if (name) {
      (out.*entries.member)
          .emplace(std::move(*name), read_whole<V>(*arguments, entries.fields, here, mistakes));
    }
  }
  return out;
}

template <class P, class K, class V, class Fields>
Dict print(const P& params, const Entries<P, K, V, Fields>& entries) {
  Dict out;
  for (const auto& [name, value] : params.*entries.member) {
    const Value key = Reads<K>::print(name);
    out.emplace(*key.template get<std::string>(), Value{print(value, entries.fields)});
  }
  return out;
}

template <class P, class K, class V, class Fields>
Dict schema(const Entries<P, K, V, Fields>& entries) {
  Dict keys = Reads<K>::schema();
  keys["description"] = Value{std::string(entries.help)};
  Dict values = schema<V>(entries.fields);
  return {{"type", Value{std::string("object")}},
          {"propertyNames", Value{std::move(keys)}},
          {"additionalProperties", Value{std::move(values)}}};
}

template <>
struct Reads<bool> {
  static constexpr std::string_view expected = "true or false";

  static std::optional<bool> parse(const Value& value) {
    const auto* flag = value.get<bool>();
    return flag != nullptr ? std::optional(*flag) : std::nullopt;
  }

  static Value print(bool flag) { return {flag}; }

  static Dict schema() { return schema_type("boolean"); }
};

template <>
struct Reads<std::uint64_t> {
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
struct Reads<std::string> {
  static constexpr std::string_view expected = "a text";

  static std::optional<std::string> parse(const Value& value) {
    const auto* words = value.get<std::string>();
    return words != nullptr ? std::optional(*words) : std::nullopt;
  }

  static Value print(const std::string& words) { return {words}; }

  static Dict schema() { return schema_type("string"); }
};

template <class T>
struct Reads<std::optional<T>> {
  static std::optional<std::optional<T>> parse(const Value& value, const std::string& at,
                                               Mistakes& mistakes) {
    auto inner = read_value<T>(value, at, mistakes);
    return inner ? std::optional(std::optional(std::move(*inner))) : std::nullopt;
  }

  static Value print(const std::optional<T>& value) {
    return value ? Reads<T>::print(*value) : Value{};
  }

  static Dict schema() { return Reads<T>::schema(); }
};

template <class T>
struct Reads<std::vector<T>> {
  static std::optional<std::vector<T>> parse(const Value& value, const std::string& at,
                                             Mistakes& mistakes) {
    const auto* list = value.get<Values>();
    if (list == nullptr) {
      mistakes.push_back({at, "a list", describe(value)});
      return std::nullopt;
    }
    std::vector<T> out;
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (auto element = read_value<T>((*list)[i], at + "/" + std::to_string(i), mistakes)) {
        out.push_back(std::move(*element));
      }
    }
    return out;
  }

  static Value print(const std::vector<T>& list) {
    Values out;
    for (const T& element : list) {
      out.push_back(Reads<T>::print(element));
    }
    return {std::move(out)};
  }

  static Dict schema() {
    return {{"type", Value{std::string("array")}}, {"items", Value{Reads<T>::schema()}}};
  }
};

// An enum with a table of names.
template <class E>
requires std::is_enum_v<E>

struct Reads<E> {
  static std::optional<E> parse(const Value& value, const std::string& at, Mistakes& mistakes) {
    const auto* word = value.get<std::string>();
    const auto parsed = word != nullptr ? from_text<E>(*word) : std::nullopt;
    if (!parsed) {
      std::vector<std::string_view> known;
      std::ranges::transform(names<E>, std::back_inserter(known),
                             [](const auto& n) { return n.second; });
      mistakes.push_back({at, suggestion(word != nullptr ? *word : "", known), describe(value)});
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
