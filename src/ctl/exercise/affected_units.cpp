// SPDX-License-Identifier: MIT
#include "ctl/exercise/affected_units.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <utility>

#include "semantics/unit/unit_name.hpp"

namespace checklist::ctl {
namespace {
// A property that lists the units that stop with a unit, and what they say of it.
struct Propagation {
  const char* edge;
  const char* phrase;
};

constexpr std::array stops{
    Propagation{"RequiredBy", "requires "}, Propagation{"RequisiteOf", "needs "},
    Propagation{"BoundBy", "is bound to "}, Propagation{"ConsistsOf", "is part of "},
    Propagation{"PropagatesStopTo", "is stopped with "}};
constexpr std::array needs{"Requires", "Wants", "BindsTo", "Requisite"};
constexpr std::array depend{"WantedBy", "RequiredBy", "RequisiteOf", "BoundBy"};
constexpr std::array<std::string_view, 4> kinds{"service", "socket", "timer", "path"};
constexpr std::array<std::string_view, 3> bus{"dbus.service", "dbus.socket", "dbus-broker.service"};

template <class List>
bool is_among(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

const ObservedUnit* find(const ObservedUnits& units, const std::string& name) {
  const auto at = units.find(name);
  return at != units.end() ? at->second.get() : nullptr;
}

const std::vector<std::string>& edge(const ObservedUnit& unit, const std::string& name) {
  static const std::vector<std::string> none;
  const auto at = unit.edges.find(name);
  return at != unit.edges.end() ? at->second : none;
}

// A timer does not start its unit at once, and would elapse at other times once it is restarted.
bool starts_at_once(const std::string& trigger) {
  const std::string_view type = semantics::unit_type(trigger);
  return type == "socket" || type == "path" || type == "automount";
}

// The units that stop with a unit, nearest first.
class Closure {
 public:
  Closure(const std::string& unit, const ObservedUnits& units) : units_(units) {
    add({.unit = unit});
    for (; !queue_.empty(); queue_.pop_front()) {
      if (const ObservedUnit* here = find(units_, queue_.front())) {
        visit(*here);
      } else {
        unknown.insert(queue_.front());
      }
    }
  }

  std::vector<AffectedUnit> found;
  std::set<std::string> unknown;

 private:
  void add(AffectedUnit unit) {
    if (seen_.insert(unit.unit).second) {
      queue_.push_back(unit.unit);
      found.push_back(std::move(unit));
    }
  }

  // A stop does not touch units that are down.
  void add_if_up(AffectedUnit unit) {
    const ObservedUnit* there = find(units_, unit.unit);
    if (there == nullptr) {
      unknown.insert(unit.unit);
    } else if (!is_down(*there)) {
      add(std::move(unit));
    }
  }

  void visit(const ObservedUnit& here) {
    for (const Propagation& each : stops) {
      for (const std::string& other : edge(here, each.edge)) {
        add_if_up({.unit = other, .role = Role::stops, .why = each.phrase + here.unit});
      }
    }
    for (const std::string& trigger : edge(here, "TriggeredBy")) {
      if (starts_at_once(trigger)) {
        add_if_up({.unit = trigger, .role = Role::trigger, .why = "would start " + here.unit});
      }
    }
    for (const std::string& other : edge(here, "OnSuccess")) {
      add({.unit = other,
           .role = Role::starts,
           .why = "is started once " + here.unit + " has stopped"});
    }
    for (const char* need : needs) {
      std::ranges::for_each(edge(here, need), [this](const auto& other) { visit_need(other); });
    }
  }

  void visit_need(const std::string& name) {
    const ObservedUnit* there = find(units_, name);
    if (there == nullptr) {
      unknown.insert(name);
    } else if (there->stops_when_unneeded) {
      add_if_up({.unit = name, .role = Role::stops, .why = "is stopped once nothing needs it"});
    }
  }

  const ObservedUnits& units_;
  std::set<std::string> seen_;
  std::deque<std::string> queue_;
};

std::string not_fit(const ObservedUnit& unit) {
  const std::string& name = unit.unit;
  if (unit.seen.load != LoadState::loaded) {
    return name + " is " + std::string(text(unit.seen.load));
  }
  if (!is_among(kinds, semantics::unit_type(name))) {
    return name + ": only services, sockets, timers and paths can be exercised";
  }
  if (is_among(bus, name)) {
    return name + " cannot be exercised, because checklistctl needs it";
  }
  if (unit.seen.active == ActiveState::failed) {
    return name + " has failed; correct that first";
  }
  if (!is_up(unit) && !is_down(unit)) {
    return name + " is " + std::string(text(unit.seen.active)) + "; try again later";
  }
  if (const auto& upheld = edge(unit, "UpheldBy"); !upheld.empty()) {
    return upheld.front() + " would start " + name + " at once (Upholds=)";
  }
  return {};
}

std::string not_stoppable(const AffectedUnit& each, const ObservedUnit& unit,
                          const std::string& own_cgroup) {
  if (!unit.may_start || !unit.may_stop) {
    return each.unit + " may not be " + (unit.may_stop ? "started" : "stopped") + " on request" +
           (each.why.empty() ? "" : ", and " + each.why);
  }
  if (!unit.cgroup.empty() && (own_cgroup + "/").starts_with(unit.cgroup + "/")) {
    return "checklistctl runs in " + each.unit + " and would be stopped with it";
  }
  return {};
}
}  // namespace

std::set<std::string> unknown_units(const std::string& unit, const ObservedUnits& units) {
  return Closure(unit, units).unknown;
}

Affected affected_units(const std::string& unit, const ObservedUnits& units,
                        const std::string& own_cgroup) {
  const ObservedUnit& here = *units.at(unit);
  Affected out{.units = Closure(unit, units).found,
               .dependents = {},
               .triggered = {},
               .refused = not_fit(here)};
  std::ranges::stable_partition(
      out.units, [](const AffectedUnit& each) { return each.role == Role::trigger; });
  for (const AffectedUnit& each : out.units) {
    const ObservedUnit* other = find(units, each.unit);
    if (out.refused.empty() && other != nullptr) {
      out.refused = not_stoppable(each, *other, own_cgroup);
    }
  }
  for (const char* by : depend) {
    out.dependents.insert(edge(here, by).begin(), edge(here, by).end());
  }
  out.triggered.insert(edge(here, "Triggers").begin(), edge(here, "Triggers").end());
  return out;
}
}  // namespace checklist::ctl
