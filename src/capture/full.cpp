// SPDX-License-Identifier: MIT
#include "capture/full.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "checklist/facts/unit.hpp"

#include "checks/directives/evaluate_directives.hpp"
#include "checks/directives/hardening_directives.hpp"
#include "checks/directives/limit_directives.hpp"

namespace checklist::capture {
namespace {
constexpr std::array texts_of_units{
    "FragmentPath",     "SourcePath",    "Type",  "Restart", "User",   "Group",
    "WorkingDirectory", "RootDirectory", "Slice", "PAMName", "BusName"};
constexpr std::array lists_of_units{"DropInPaths", "SupplementaryGroups", "Triggers", "TriggeredBy",
                                    "RequiresMountsFor"};
// Lists of rows whose first two columns say what is configured.
constexpr std::array rows_of_units{"TimersCalendar", "TimersMonotonic", "Listen", "Paths"};

// Checks whose parameters say what properties say as well.
constexpr std::array<std::string_view, 3> said_by_properties{"boot_start", "service_state",
                                                             "toggles"};

void add(Dict& out, const std::string& name, Value value) {
  const auto* text = value.get<std::string>();
  const auto* list = value.get<Values>();
  const bool is_empty = (text != nullptr && text->empty()) || (list != nullptr && list->empty());
  if (!is_empty) {
    out.emplace(name, std::move(value));
  }
}

std::string joined(const Values& row) {
  std::string out;
  for (const Value& each : row) {
    const auto* text = each.get<std::string>();
    out += text != nullptr ? (out.empty() ? "" : " ") + *text : std::string();
  }
  return out;
}

Value rows(const Values& all) {
  Values out;
  for (const Value& each : all) {
    if (const auto* row = each.get<Values>()) {
      out.push_back(Value{joined(*row)});
    }
  }
  return {std::move(out)};
}

// Returns the values of all directives of the table, by name.
Dict in_force(View& see, std::span<const checks::Directive> table) {
  Dict out;
  for (const checks::Directive& directive : table) {
    if (const auto has = checks::configured(see, directive)) {
      out.emplace(directive.name, Value{directive.type->print(directive, *has)});
    }
  }
  return out;
}
}  // namespace

Dict properties(View& see) {
  Dict out;
  if (const auto& unit = see[UnitKey{see.unit()}]) {
    add(out, "load", Value{std::string(text(unit->load))});
    add(out, "active", Value{std::string(text(unit->active))});
    add(out, "sub", Value{unit->sub});
  }
  if (const auto& state = see[EnablementKey{see.unit()}]) {
    add(out, "enabled", Value{*state});
  }
  for (const char* name : texts_of_units) {
    add(out, name, Value{see.text(name)});
  }
  for (const char* name : lists_of_units) {
    add(out, name, Value{see.property<Values>(name).value_or(Values{})});
  }
  for (const char* name : rows_of_units) {
    add(out, name, rows(see.property<Values>(name).value_or(Values{})));
  }
  if (see.unit().ends_with(".service")) {
    out.emplace("resource_limits", Value{in_force(see, checks::limit_directives())});
    out.emplace("hardening", Value{in_force(see, checks::hardening_directives())});
  }
  return out;
}

Dict full(const CapturedUnit& unit) {
  Dict out = unit.properties;
  Values names;
  for (const std::string& name : unit.names) {
    if (name != unit.id) {
      names.push_back(Value{name});
    }
  }
  add(out, "aliases", Value{std::move(names)});
  Values programs;
  std::ranges::transform(unit.programs, std::back_inserter(programs),
                         [](const auto& path) { return Value{path}; });
  add(out, "programs", Value{std::move(programs)});
  for (const auto& [name, check] : unit.checks) {
    const bool is_new = !out.contains(name) && !check.arguments.empty() &&
                        std::ranges::find(said_by_properties, name) == said_by_properties.end();
    if (is_new) {
      out.emplace(name, Value{check.arguments});
    }
  }
  const auto boot = unit.checks.find("boot_start");
  if (boot != unit.checks.end()) {
    out.emplace("starts at boot",
                Value{std::string(boot->second.status == Status::pass ? "yes" : "no")});
  }
  return out;
}
}  // namespace checklist::capture
