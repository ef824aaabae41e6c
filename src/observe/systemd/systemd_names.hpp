// SPDX-License-Identifier: MIT
// Names of org.freedesktop.systemd1(5) and accessors for message bodies.
#pragma once
#include <cstddef>
#include <string>

#include "checklist/value.hpp"

namespace checklist::observe {
inline constexpr auto manager_name = "org.freedesktop.systemd1";
inline constexpr auto manager_path = "/org/freedesktop/systemd1";
inline constexpr auto manager_interface = "org.freedesktop.systemd1.Manager";
inline constexpr auto units_path = "/org/freedesktop/systemd1/unit";
inline constexpr auto unit_interface = "org.freedesktop.systemd1.Unit";
inline constexpr auto properties_interface = "org.freedesktop.DBus.Properties";

// Returns the value at that position, or null if it is missing or of another type.
template <class T>
const T* at(const Values& body, std::size_t index) {
  return index < body.size() ? body[index].get<T>() : nullptr;
}

template <class T>
const T* at(const Dict& dict, const std::string& key) {
  const auto found = dict.find(key);
  return found != dict.end() ? found->second.get<T>() : nullptr;
}

inline std::string text_at(const Values& body, std::size_t index) {
  const auto* text = at<std::string>(body, index);
  return text != nullptr ? *text : std::string();
}
}  // namespace checklist::observe
