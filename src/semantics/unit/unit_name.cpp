// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_name.hpp"

#include <algorithm>
#include <array>

namespace checklist::semantics {
namespace {
constexpr std::array<std::string_view, 11> types{"service", "socket",    "target", "device",
                                                 "mount",   "automount", "swap",   "timer",
                                                 "path",    "slice",     "scope"};
constexpr std::size_t longest_name = 255;

constexpr bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view(":-_.\\@").find(c) != std::string_view::npos;
}

// Sorted; the properties of org.freedesktop.systemd1.Unit that any check could ask for.
constexpr std::array<std::string_view, 75> unit_properties{"ActiveEnterTimestamp",
                                                           "ActiveEnterTimestampMonotonic",
                                                           "ActiveExitTimestamp",
                                                           "ActiveExitTimestampMonotonic",
                                                           "ActiveState",
                                                           "After",
                                                           "AssertResult",
                                                           "AssertTimestamp",
                                                           "Asserts",
                                                           "Before",
                                                           "BindsTo",
                                                           "BoundBy",
                                                           "CanFreeze",
                                                           "CanIsolate",
                                                           "CanReload",
                                                           "CanStart",
                                                           "CanStop",
                                                           "ConditionResult",
                                                           "ConditionTimestamp",
                                                           "ConditionTimestampMonotonic",
                                                           "Conditions",
                                                           "ConflictedBy",
                                                           "Conflicts",
                                                           "ConsistsOf",
                                                           "DefaultDependencies",
                                                           "Description",
                                                           "Documentation",
                                                           "DropInPaths",
                                                           "FragmentPath",
                                                           "FreezerState",
                                                           "Id",
                                                           "InactiveEnterTimestamp",
                                                           "InactiveEnterTimestampMonotonic",
                                                           "InactiveExitTimestamp",
                                                           "InactiveExitTimestampMonotonic",
                                                           "InvocationID",
                                                           "Job",
                                                           "JobRunningTimeoutUSec",
                                                           "JobTimeoutUSec",
                                                           "JoinsNamespaceOf",
                                                           "LoadError",
                                                           "LoadState",
                                                           "Names",
                                                           "NeedDaemonReload",
                                                           "OnFailure",
                                                           "OnFailureOf",
                                                           "OnSuccess",
                                                           "OnSuccessOf",
                                                           "PartOf",
                                                           "PropagatesReloadTo",
                                                           "PropagatesStopTo",
                                                           "RefuseManualStart",
                                                           "RefuseManualStop",
                                                           "ReloadPropagatedFrom",
                                                           "RequiredBy",
                                                           "Requires",
                                                           "RequiresMountsFor",
                                                           "Requisite",
                                                           "RequisiteOf",
                                                           "SliceOf",
                                                           "SourcePath",
                                                           "StartLimitBurst",
                                                           "StartLimitIntervalUSec",
                                                           "StateChangeTimestamp",
                                                           "StateChangeTimestampMonotonic",
                                                           "StopPropagatedFrom",
                                                           "StopWhenUnneeded",
                                                           "SubState",
                                                           "TriggeredBy",
                                                           "Triggers",
                                                           "UnitFilePreset",
                                                           "UpheldBy",
                                                           "Upholds",
                                                           "WantedBy",
                                                           "WantsMountsFor"};
static_assert(std::ranges::is_sorted(unit_properties));
}  // namespace

std::string_view unit_type(std::string_view name) {
  const auto dot = name.rfind('.');
  const auto suffix = dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
  const auto* const found = std::ranges::find(types, suffix);
  return found == types.end() ? std::string_view{} : *found;
}

std::optional<std::string> name_error(std::string_view name) {
  if (name.empty()) {
    return "a unit name, as 'x.service'";
  }
  if (name.size() > longest_name) {
    return "a unit name of at most 255 characters";
  }
  if (!std::ranges::all_of(name, is_name_character)) {
    return "a unit name of letters, digits and : - _ . \\ @";
  }
  if (unit_type(name).empty()) {
    return "a unit name with its type, perhaps '" + std::string(name) + ".service'";
  }
  const auto dot = name.rfind('.');
  if (dot == 0 || name.front() == '@') {
    return "a unit name with something before its type";
  }
  if (name[dot - 1] == '@') {
    return "the name of an instance, as " + std::string(name.substr(0, dot)) + "NAME" +
           std::string(name.substr(dot)) + "; a template is no unit";
  }
  return std::nullopt;
}

std::string type_interface(std::string_view name) {
  std::string type(unit_type(name));
  if (!type.empty()) {
    type.front() = static_cast<char>(type.front() - 'a' + 'A');
  }
  return "org.freedesktop.systemd1." + type;
}

bool is_unit_property(std::string_view property) {
  return property == "Wants" || std::ranges::binary_search(unit_properties, property);
}

bool changes_unsignalled(std::string_view property) {
  return property == "ControlGroup" || property == "ControlGroupId";
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::UnitName> ParameterType<semantics::UnitName>::parse(const Value& value,
                                                                             const std::string& at,
                                                                             ConfigErrors& errors) {
  const auto* name = value.get<std::string>();
  const auto error = name != nullptr ? semantics::name_error(*name) : "the name of a unit";
  if (error) {
    errors.push_back({at, *error, describe(value)});
    return std::nullopt;
  }
  return semantics::UnitName{*name};
}

Dict ParameterType<semantics::UnitName>::schema() {
  std::string suffixes;
  for (const auto type : semantics::types) {
    suffixes += (suffixes.empty() ? "" : "|") + std::string(type);
  }
  Dict out = pattern_schema(R"(^(?!@)[A-Za-z0-9:_.\\@-]*[A-Za-z0-9:_.\\-]\.()" + suffixes + ")$");
  out["maxLength"] = Value{std::uint64_t{semantics::longest_name}};
  return out;
}
}  // namespace checklist
