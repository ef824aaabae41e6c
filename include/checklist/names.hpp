// SPDX-License-Identifier: MIT
// The names of enumerators: one table per enum, for both directions. Enumerators are spelt as
// systemd prints them.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace checklist {
// Must be specialised beside the enum:
//   template <> inline constexpr auto names<E> = names_of<E>({{E::a, "a"}, …});
template <class E>
inline constexpr int names = 0;

template <class E, std::size_t count>
// NOLINTNEXTLINE(modernize-avoid-c-arrays): nothing else has its length deduced from a braced list
constexpr auto names_of(const std::pair<E, std::string_view> (&table)[count]) {
  return std::to_array(table);
}

// Returns the enumerator's name; "?" if the table lacks it.
template <class E>
constexpr std::string_view text(E value) {
  for (const auto& [each, name] : names<E>) {
    if (each == value) {
      return name;
    }
  }
  return "?";
}

// Returns the enumerator of that name, or nothing.
template <class E>
constexpr std::optional<E> from_text(std::string_view spelling) {
  for (const auto& [each, name] : names<E>) {
    if (name == spelling) {
      return each;
    }
  }
  return std::nullopt;
}
}  // namespace checklist
