// SPDX-License-Identifier: MIT
// Names of org.freedesktop.systemd1(5) and accessors for message bodies.
#pragma once
#include <cstddef>
#include <string>

#include "checklist/value.hpp"

#include "bus/message.hpp"

namespace checklist::observe {
inline constexpr auto bus_name = "org.freedesktop.DBus";
inline constexpr auto bus_path = "/org/freedesktop/DBus";
inline constexpr auto manager_name = "org.freedesktop.systemd1";
inline constexpr auto manager_path = "/org/freedesktop/systemd1";
inline constexpr auto manager_interface = "org.freedesktop.systemd1.Manager";
inline constexpr auto units_path = "/org/freedesktop/systemd1/unit";
inline constexpr auto unit_interface = "org.freedesktop.systemd1.Unit";
inline constexpr auto properties_interface = "org.freedesktop.DBus.Properties";
inline constexpr auto peer_interface = "org.freedesktop.DBus.Peer";

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

// Returns the call by which the bus tells the unique name of the manager.
inline bus::Call manager_owner() {
  return {.destination = bus_name,
          .path = bus_path,
          .interface = bus_name,
          .member = "GetNameOwner",
          .arguments = {Value{std::string(manager_name)}}};
}
}  // namespace checklist::observe
