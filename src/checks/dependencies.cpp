// SPDX-License-Identifier: MIT
// The unit has its declared dependencies, and the units it depends on are available; see
// docs/checks/dependencies.md.
#include <algorithm>
#include <array>
#include <set>

#include "checklist/check.hpp"

#include "checks/boot/needed_mounts.hpp"
#include "checks/boot/own_dependencies.hpp"
#include "checks/boot/unit_on_disk.hpp"
#include "checks/definition/runtime_files.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::UnitName;
using Names = std::vector<UnitName>;

struct Params {
  Names needs;  // "requires" is a word of C++
  Names requisite;
  Names wants;
  Names binds_to;
  Names part_of;
  Names upholds;
  Names conflicts;
  Names after;
  Names before;
  Names on_failure;
  Names on_success;
  Names propagates_reload_to;
  Names reload_propagated_from;
  Names propagates_stop_to;
  Names stop_propagated_from;
  Names joins_namespace_of;
  Names triggers;
  Names triggered_by;
  Names required_by;
  Names requisite_of;
  Names wanted_by;
  Names bound_by;
  Names upheld_by;
  Names consists_of;
  Names conflicted_by;
};

constexpr std::tuple fields{
    Field{"requires", &Params::needs, "units that it has in Requires="},
    Field{"requisite", &Params::requisite, "units that it has in Requisite="},
    Field{"wants", &Params::wants, "units that it has in Wants="},
    Field{"binds_to", &Params::binds_to, "units that it has in BindsTo="},
    Field{"part_of", &Params::part_of, "units that it has in PartOf="},
    Field{"upholds", &Params::upholds, "units that it has in Upholds="},
    Field{"conflicts", &Params::conflicts, "units that it has in Conflicts="},
    Field{"after", &Params::after, "units that exist, and after which it starts"},
    Field{"before", &Params::before, "units that exist, and before which it starts"},
    Field{"on_failure", &Params::on_failure, "units that its failure starts"},
    Field{"on_success", &Params::on_success, "units that its success starts"},
    Field{"propagates_reload_to", &Params::propagates_reload_to, "units reloaded with it"},
    Field{"reload_propagated_from", &Params::reload_propagated_from, "units it is reloaded with"},
    Field{"propagates_stop_to", &Params::propagates_stop_to, "units stopped with it"},
    Field{"stop_propagated_from", &Params::stop_propagated_from, "units it is stopped with"},
    Field{"joins_namespace_of", &Params::joins_namespace_of, "units whose namespaces it shares"},
    Field{"triggers", &Params::triggers, "units that this socket, timer or path starts"},
    Field{"triggered_by", &Params::triggered_by, "sockets, timers and paths that start it"},
    Field{"required_by", &Params::required_by, "units that have it in Requires="},
    Field{"requisite_of", &Params::requisite_of, "units that have it in Requisite="},
    Field{"wanted_by", &Params::wanted_by, "units that have it in Wants="},
    Field{"bound_by", &Params::bound_by, "units that have it in BindsTo="},
    Field{"upheld_by", &Params::upheld_by, "units that have it in Upholds="},
    Field{"consists_of", &Params::consists_of, "units that have it in PartOf="},
    Field{"conflicted_by", &Params::conflicted_by, "units that have it in Conflicts="}};

// A directive whose units must be available, and whether they must not be failed either.
struct Need {
  const char* directive;
  bool must_not_fail;
};

constexpr std::array<Need, 7> needs{{{"Requires", true},
                                     {"Requisite", true},
                                     {"BindsTo", true},
                                     {"Wants", false},
                                     {"OnFailure", false},
                                     {"OnSuccess", false},
                                     {"Triggers", false}}};

// Returns the property, and directive, of a parameter: "BindsTo" of "binds_to".
std::string property_of(std::string_view key) {
  std::string out;
  bool is_upper = true;
  for (const char c : key) {
    if (c != '_') {
      out += is_upper ? static_cast<char>(c - 'a' + 'A') : c;
    }
    is_upper = c == '_';
  }
  return out;
}

template <class Visit>
void for_each_field(const Visit& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, fields);
}

// A stub is a unit that PID 1 has not loaded yet.
bool is_unusable(const Unit& unit) {
  return unit.load != LoadState::loaded && unit.load != LoadState::merged &&
         unit.load != LoadState::stub && unit.load != LoadState::other;
}

std::string load_reason(LoadState load) {
  return load == LoadState::not_found ? "not_found"
         : load == LoadState::masked  ? "masked"
                                      : "load_error";
}

std::string fix_hint(const View& see, const std::string& name, LoadState load) {
  return load == LoadState::masked      ? "run " + systemctl(see, "unmask", name)
         : load == LoadState::not_found ? "install " + name + ", or remove the dependency"
                                        : "run " + systemctl(see, "status", name);
}

// RequiresMountsFor= makes no dependency on a mount that is defined nowhere.
std::string edge_hint(FactReader& look, const std::string& name) {
  const bool is_undefined_mount =
      semantics::unit_type(name) == "mount" && look.text(name, "FragmentPath").empty();
  return is_undefined_mount ? "define " + name + " by a line of /etc/fstab or a unit file"
                            : "restore it in the unit files";
}

// Returns the finding of one dependency that the spec declares.
Finding declared(const std::string& property, const std::string& name, View& see) {
  FactReader look(see);
  const std::string edge = property + "=" + name;
  const auto edges = look.list(see.unit(), property);
  const std::string id = look.id(name);
  const Unit* other = look.at(UnitKey{name});
  if (look.gap()) {
    return unknown(edge, edge, *look.gap());
  }
  if (std::ranges::find(edges, id) == edges.end()) {
    return fail({.subject = edge,
                 .reason = "no_edge",
                 .expected = edge,
                 .observed = "no " + edge,
                 .hint = edge_hint(look, name) + ", then run " + daemon_reload(see)});
  }
  const bool is_order = property == "After" || property == "Before";
  if (is_order && (other->load == LoadState::not_found || other->load == LoadState::masked)) {
    return fail({.subject = edge,
                 .reason = "no_other_end",
                 .expected = name + " exists",
                 .observed = name + " is " + std::string(text(other->load)),
                 .hint = fix_hint(see, name, other->load),
                 .cause = other->id});
  }
  return pass({.subject = edge, .expected = edge, .observed = edge});
}

// Returns a finding if a unit that this one needs is unusable or its state is unknown.
std::optional<Finding> broken(const Need& kind, const std::string& name, OwnDependencies& own,
                              View& see) {
  FactReader look(see);
  const std::string edge = std::string(kind.directive) + "=" + name;
  const std::string expected = name + " is available";
  const Unit* other = look.at(UnitKey{name});
  if (other != nullptr && is_unusable(*other)) {
    if (own.contain(kind.directive, name, look)) {
      return fail({.subject = edge,
                   .reason = load_reason(other->load),
                   .expected = expected,
                   .observed = name + " is " + std::string(text(other->load)),
                   .hint = fix_hint(see, name, other->load),
                   .cause = other->id});
    }
  } else if (other != nullptr && is_unit_lost_at_reboot(look, other->id) &&
             own.contain(kind.directive, name, look)) {
    return fail({.subject = edge,
                 .reason = "until_reboot",
                 .expected = name + " exists at the next boot",
                 .observed = name + " is defined in /run alone, which a reboot clears",
                 .hint = "install its unit file in " + lasting_directory(see.spec()) +
                         ", or remove the dependency",
                 .cause = other->id});
  } else if (other != nullptr && kind.must_not_fail && other->active == ActiveState::failed) {
    return fail({.subject = edge,
                 .reason = "failed",
                 .expected = name + " has not failed",
                 .observed = name + " is failed",
                 .hint = "run " + systemctl(see, "status", name) + " and fix the cause",
                 .cause = other->id});
  }
  return look.gap() ? std::optional(unknown(edge, expected, *look.gap())) : std::nullopt;
}

Findings all_broken(const Unit& unit, View& see) {
  Findings out;
  std::set<std::string> reported;
  OwnDependencies own(unit.id);
  for (const char* name : {"FragmentPath", "DropInPaths"}) {
    (void)see.observed(name);  // subscribe early, with the other properties
  }
  for (const Need& kind : needs) {
    FactReader look(see);
    for (const std::string& name : look.list(see.unit(), kind.directive)) {
      auto wrong = broken(kind, name, own, see);
      if (wrong && reported.insert(name).second) {
        out.push_back(std::move(*wrong));
      }
    }
    if (look.gap() && look.gap()->reason != "unsupported") {  // OnSuccess= is new in systemd 249
      out.push_back(
          unknown(std::string(kind.directive) + "=", "list of units is known", *look.gap()));
    }
  }
  std::ranges::move(needed_mounts(unit, see), std::back_inserter(out));
  if (out.empty()) {
    out.push_back(pass({.subject = "needs",
                        .expected = "all dependencies are available",
                        .observed = "all dependencies are available"}));
  }
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit) {
    return {unknown("needs", "unit state is known", unit.unseen())};
  }
  if (is_unusable(*unit)) {
    return {skip({.subject = "needs",
                  .reason = "not_loaded",
                  .expected = "unit is loaded",
                  .observed = "unit is not loaded"})};
  }
  Findings out;
  for_each_field([&](const auto& field) {
    for (const UnitName& other : want.*field.member) {
      out.push_back(declared(property_of(field.key), other.name, see));
    }
  });
  std::ranges::move(all_broken(*unit, see), std::back_inserter(out));
  return out;
}

// Returns the dependencies that the unit's own files declare: those that a migration can lose.
Params capture(View& see) {
  Params out;
  FactReader look(see);
  OwnDependencies own(look.id(see.unit()));
  for_each_field([&](const auto& field) {
    const std::string property = property_of(field.key);
    for (const std::string& name : look.list(see.unit(), property)) {
      const UnitName other{name};
      const bool is_kept = property != "Triggers" && own.contain(property, name, look) &&
                           declared(property, name, see).status == Status::pass;
      if (is_kept) {
        (out.*field.member).push_back(other);
      }
    }
    std::ranges::sort(out.*field.member);
  });
  return out;
}
}  // namespace

extern const CheckDef dependencies;
const CheckDef dependencies = check<Params, fields, evaluate, capture>(
    "the unit has its declared dependencies, and all are available", RunsWhen::always);
}  // namespace checklist::checks
