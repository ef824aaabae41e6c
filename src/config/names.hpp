// SPDX-License-Identifier: MIT
// Names in a configuration: of units, users and groups of units.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

#include "semantics/files/account.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::config {
using semantics::UnitName;

using UserName = semantics::AccountName;

// The heading of a group of units on the page.
struct Heading {
  std::string name;
  bool operator==(const Heading&) const = default;
};

struct AbsolutePath {
  std::string path;
  bool operator==(const AbsolutePath&) const = default;
};

// Returns the names as plain strings.
template <class Name>
std::vector<std::string> plain(const std::vector<Name>& names) {
  std::vector<std::string> out;
  std::ranges::transform(names, std::back_inserter(out), &Name::name);
  return out;
}
}  // namespace checklist::config

namespace checklist {
template <>
struct ParameterType<config::Heading> {
  static constexpr std::string_view expected = "a string of 1 to 64 characters on one line";
  static std::optional<config::Heading> parse(const Value& value);

  static Value print(const config::Heading& heading) { return {heading.name}; }

  static Dict schema();
};

template <>
struct ParameterType<config::AbsolutePath> {
  static constexpr std::string_view expected = "an absolute path";
  static std::optional<config::AbsolutePath> parse(const Value& value);

  static Value print(const config::AbsolutePath& path) { return {path.path}; }

  static Dict schema();
};
}  // namespace checklist
