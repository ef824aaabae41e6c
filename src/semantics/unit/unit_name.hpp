// SPDX-License-Identifier: MIT
// Unit names, as systemd.unit(5) allows and reads them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// "service" of "x.service"; empty when there is no suffix of systemd's.
std::string_view unit_type(std::string_view name);

// Why PID 1 would refuse this name, or nothing. A template ("x@.service") is no unit: it wants an
// instance.
std::optional<std::string> name_mistake(std::string_view name);

// The D-Bus interface of the type's own properties: "org.freedesktop.systemd1.Service".
std::string type_interface(std::string_view name);

// Whether a property belongs to every unit (interface .Unit, org.freedesktop.systemd1(5)) and not
// to its type.
bool is_unit_property(std::string_view property);

// Whether a property changes while the unit lives although no signal tells so.
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
                                                  ConfigErrors& mistakes);

  static Value print(const semantics::UnitName& unit) {
    return unit.name.empty() ? Value{} : Value{unit.name};
  }

  static Dict schema();
};
}  // namespace checklist
