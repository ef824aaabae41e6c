// SPDX-License-Identifier: MIT
#include "capture/units_on_disk.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "checklist/check.hpp"

#include "checks/directives/hardening_directives.hpp"
#include "checks/directives/limit_directives.hpp"
#include "checks/directives/written.hpp"
#include "semantics/net/address.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/unit/unit_words.hpp"

namespace checklist::capture {
namespace {
using Lines = std::vector<std::string>;
using checks::AssignedLines;

// A directive of [Unit] and the parameter of `dependencies` that demands it.
struct Edge {
  std::string_view directive;
  std::string_view parameter;
};

constexpr std::array<Edge, 9> edges{{{"Requires", "requires"},
                                     {"Requisite", "requisite"},
                                     {"Wants", "wants"},
                                     {"BindsTo", "binds_to"},
                                     {"PartOf", "part_of"},
                                     {"Upholds", "upholds"},
                                     {"Conflicts", "conflicts"},
                                     {"After", "after"},
                                     {"Before", "before"}}};
constexpr std::array<std::string_view, 4> pulling{"Requires", "Wants", "BindsTo", "Upholds"};
constexpr std::array<std::string_view, 3> triggering{".timer", ".socket", ".path"};

bool is_plain(const std::string& value) {
  return value.find('%') == std::string::npos;
}

// Returns the units that a directive of dependencies names, which no empty assignment removes.
Lines named(const UnitOnDisk& unit, std::string_view directive) {
  Lines out;
  for (const UnitFile& file : unit.files) {
    for (const UnitFileEntry& line : file.directives) {
      if (line.key == directive) {
        const auto words = semantics::words(line.value);
        out.insert(out.end(), words.begin(), words.end());
      }
    }
  }
  return out;
}

Value texts_of(const std::set<std::string>& names) {
  Values out;
  std::ranges::transform(names, std::back_inserter(out),
                         [](const auto& name) { return Value{name}; });
  return {std::move(out)};
}

Dict dependencies(const UnitOnDisk& unit, const UnitsOnDisk& all) {
  Dict out;
  for (const Edge& edge : edges) {
    std::set<std::string> names;
    std::ranges::copy_if(named(unit, edge.directive), std::inserter(names, names.end()),
                         [&all](const std::string& name) { return all.contains(name); });
    if (!names.empty()) {
      out.emplace(edge.parameter, texts_of(names));
    }
  }
  return out;
}

Dict directives(const AssignedLines& lines, std::span<const checks::Directive> table) {
  Dict out;
  for (const checks::Directive& directive : table) {
    const auto set = lines.find(directive.name);
    const bool is_said = set != lines.end() && std::ranges::all_of(set->second, is_plain);
    if (const auto spelt = is_said ? checks::as_spelt(directive, set->second) : std::nullopt) {
      out.emplace(directive.name, spelt->spelt);
    }
  }
  return out;
}

// Returns the address of ListenStream= or ListenDatagram=: "8080", "127.0.0.1:80", "/run/x".
std::optional<std::string> address(const std::string& value, const std::string& protocol) {
  const bool is_port = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  const bool is_path = value.starts_with('/') || value.starts_with('@');
  const std::string text = is_path   ? "unix:" + value
                           : is_port ? protocol + ":*:" + value
                                     : protocol + ":" + value;
  const auto parsed = semantics::parse_address(text);
  return parsed ? std::optional(semantics::print_address(*parsed)) : std::nullopt;
}

Dict listeners(const AssignedLines& lines) {
  std::set<std::string> found;
  for (const auto& [directive, protocol] :
       {std::pair{"ListenStream", "tcp"}, std::pair{"ListenDatagram", "udp"}}) {
    const auto set = lines.find(directive);
    for (const std::string& value : set != lines.end() ? set->second : Lines{}) {
      const auto parsed = is_plain(value) ? address(value, protocol) : std::nullopt;
      if (parsed) {
        found.insert(*parsed);
      }
    }
  }
  return found.empty() ? Dict{} : Dict{{"listen", texts_of(found)}};
}

Lines programs(const AssignedLines& lines) {
  Lines out;
  const auto set = lines.find("ExecStart");
  for (const std::string& line : set != lines.end() ? set->second : Lines{}) {
    const auto words = semantics::words(line);
    const auto path = words.empty() ? std::string_view::npos : words.front().find('/');
    if (path != std::string_view::npos) {
      out.emplace_back(words.front().substr(path));
    }
  }
  return out;
}

// Returns whether another unit pulls it in or triggers it.
bool is_started_by_another(const std::string& unit, const UnitsOnDisk& all) {
  const std::string stem = unit.substr(0, unit.rfind('.'));
  if (std::ranges::any_of(triggering, [&](std::string_view type) {
        return unit.ends_with(".service") && all.contains(stem + std::string(type));
      })) {
    return true;
  }
  return std::ranges::any_of(all, [&unit](const auto& other) {
    return std::ranges::any_of(other.second.files, [&](const UnitFile& file) {
      return std::ranges::any_of(pulling, [&](std::string_view directive) {
        return semantics::names_unit(file, directive, other.first, unit);
      });
    });
  });
}

bool has_install_section(const UnitOnDisk& unit) {
  return std::ranges::any_of(unit.files, [](const UnitFile& file) {
    return std::ranges::any_of(file.directives,
                               [](const auto& line) { return line.section == "Install"; });
  });
}

void add_start(CapturedUnit& out, const UnitOnDisk& unit, const UnitsOnDisk& all) {
  if (unit.linked.empty() && has_install_section(unit)) {
    out.checks["toggles"].arguments = {{"state", Value{Values{Value{std::string("disabled")}}}}};
  }
  if (unit.linked.empty() && !is_started_by_another(out.id, all)) {
    out.checks["boot_start"] = {
        .arguments = {}, .status = Status::fail, .reasons = {"not_started"}};
  }
}
}  // namespace

CapturedUnit captured_on_disk(const std::string& unit, const UnitsOnDisk& all) {
  const UnitOnDisk& found = all.at(unit);
  CapturedUnit out;
  out.unit = out.id = unit;
  out.exists = true;
  out.is_off = found.masked;
  out.names = {unit};
  out.names.insert(out.names.end(), found.aliases.begin(), found.aliases.end());
  for (const auto& [name, def] : all_checks()) {
    if (applies_to(def->runs, unit)) {
      out.checks[std::string(name)].status = Status::pass;
    }
  }
  const AssignedLines lines = checks::assigned(found.files);
  out.programs = programs(lines);
  out.checks["dependencies"].arguments = dependencies(found, all);
  out.checks["hardening"].arguments = directives(lines, checks::hardening_directives());
  out.checks["resource_limits"].arguments = directives(lines, checks::limit_directives());
  out.checks["port_bindings"].arguments = listeners(lines);
  if (!found.aliases.empty()) {
    out.checks["unit_definition"].arguments = {{"aliases", texts_of(found.aliases)}};
  }
  add_start(out, found, all);
  return out;
}
}  // namespace checklist::capture
