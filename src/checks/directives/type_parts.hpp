// SPDX-License-Identifier: MIT
// What several directive types share: reading one assignment, D-Bus values, comparison and schemas.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/directives/directive.hpp"

namespace checklist::checks::types {
using Lines = std::vector<std::string>;

// Returns the only assignment; nothing if there are none or several.
std::optional<std::string> only(const Lines& lines);

// "infinity" is `unlimited`.
std::optional<std::uint64_t> parse_count(std::string_view text);
std::string print_count(std::uint64_t count);

// Reads a D-Bus property of type T as the setting.
template <class T>
std::optional<Setting> read_as(const Directive& /*directive*/, const Value& property) {
  const auto* value = property.get<T>();
  return value != nullptr ? std::optional<Setting>(*value) : std::nullopt;
}

bool is_equal(const Directive& directive, const Setting& has, const Setting& wanted);

std::string print_text(const Directive& directive, const Setting& setting);

Dict text_schema(const Directive& directive);
Dict text_or_integer_schema(const Directive& directive);
// The directive's words; yes and no are accepted as booleans, too.
Dict words_schema(const Directive& directive);
}  // namespace checklist::checks::types
