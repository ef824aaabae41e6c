// SPDX-License-Identifier: MIT
// The severity of a unit's failures: one word, or an object with words for single checks.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"
#include "checklist/spec.hpp"

namespace checklist::config {
struct Severities {
  Severity of_unit = Severity::warning;
  std::map<std::string, Severity, std::less<>> of_checks;
  bool operator==(const Severities&) const = default;
};
}  // namespace checklist::config

namespace checklist {
template <>
struct ParameterType<config::Severities> {
  static std::optional<config::Severities> parse(const Value& value, const std::string& at,
                                                 ConfigErrors& errors);
  static Value print(const config::Severities& severities);
  static Dict schema();
};
}  // namespace checklist
