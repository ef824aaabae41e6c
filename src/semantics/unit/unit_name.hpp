// SPDX-License-Identifier: MIT
// Unit names (systemd.unit(5)) and properties (org.freedesktop.systemd1(5)).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// Returns "service" for "x.service"; empty if the suffix is no unit type.
std::string_view unit_type(std::string_view name);

// Returns why PID 1 would reject this name, or nothing. A template ("x@.service") is no unit.
std::optional<std::string> name_error(std::string_view name);

// Returns the D-Bus interface of the type's properties: "org.freedesktop.systemd1.Service".
std::string type_interface(std::string_view name);

// Returns whether the property is of the interface .Unit, which all units have.
bool is_unit_property(std::string_view property);

// Returns whether the property changes without a PropertiesChanged signal.
bool changes_unsignalled(std::string_view property);

// A unit as a spec names it; it may be an alias.
struct UnitName {
  std::string name;
  auto operator<=>(const UnitName&) const = default;
};
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::UnitName> {
  static std::optional<semantics::UnitName> parse(const Value& value, const std::string& at,
                                                  ConfigErrors& errors);

  static Value print(const semantics::UnitName& unit) {
    return unit.name.empty() ? Value{} : Value{unit.name};
  }

  static Dict schema();
};
}  // namespace checklist
