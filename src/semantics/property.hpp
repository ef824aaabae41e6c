// SPDX-License-Identifier: MIT
// Properties of a view's own unit as the types that checks want.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "checklist/view.hpp"

namespace checklist::semantics {
// The property, or nothing when it is pending, unseen or of another type.
template <class T>
std::optional<T> property(View& see, const std::string& name) {
  const auto& seen = see.property(name);
  const auto* value = seen ? seen->get<T>() : nullptr;
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

inline std::string text_property(View& see, const std::string& name) {
  return property<std::string>(see, name).value_or(std::string());
}

// A timestamp or a length in µs; nothing when it is unset (0 or UINT64_MAX).
inline std::optional<std::uint64_t> usec_property(View& see, const std::string& name) {
  const auto value = property<std::uint64_t>(see, name);
  return value && is_set(*value) ? value : std::nullopt;
}

inline std::optional<TimePoint> moment_property(View& see, const std::string& name) {
  const auto value = usec_property(see, name);
  return value ? std::optional(monotonic(*value)) : std::nullopt;
}

// Why one of these properties could not be seen, where it decides: the first of them that has no
// value.
inline std::optional<Unseen> unseen_among(View& see, std::initializer_list<const char*> names) {
  std::optional<Unseen> out;
  for (const char* name : names) {
    const auto& seen = see.property(name);
    if (!seen && !out) {
      out = seen.unseen();
    }
  }
  return out;
}

// The texts of a list.
inline std::vector<std::string> texts(const Values& list) {
  std::vector<std::string> out;
  for (const Value& each : list) {
    if (const auto* text = each.get<std::string>()) {
      out.push_back(*text);
    }
  }
  return out;
}

// A list of texts, as TriggeredBy or Names.
inline std::vector<std::string> list_property(View& see, const std::string& name) {
  return texts(property<Values>(see, name).value_or(Values{}));
}

// Whether the unit's IP sockets are in a network namespace of its own, where nobody outside sees or
// reaches them.
inline bool has_own_network(View& see) {
  return property<bool>(see, "PrivateNetwork").value_or(false) ||
         !text_property(see, "NetworkNamespacePath").empty();
}
}  // namespace checklist::semantics
