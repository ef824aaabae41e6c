// SPDX-License-Identifier: MIT
// The directives that `systemd-analyze security` rates, and related ones.
#pragma once
#include <optional>

#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

#include "checks/directives/directive.hpp"

namespace checklist::checks {
// An exposure level of systemd-analyze(1), from 0.0 (safe) to 10.0.
struct ExposureLevel {
  double value = 10;
  bool operator==(const ExposureLevel&) const = default;
};

std::span<const Directive> hardening_directives();

// Returns the names of capabilities(7), by their bits.
std::span<const std::string_view> capability_names();
}  // namespace checklist::checks

namespace checklist {
template <>
struct ParameterType<checks::ExposureLevel> {
  static constexpr std::string_view expected = "a number from 0 to 10";
  static std::optional<checks::ExposureLevel> parse(const Value& value);

  static Value print(checks::ExposureLevel level) { return {level.value}; }

  static Dict schema();
};
}  // namespace checklist
