// SPDX-License-Identifier: MIT
// The units that stop with a unit, and why a unit cannot be exercised.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "ctl/exercise/observed_unit.hpp"

namespace checklist::ctl {
enum class Role {
  trigger,  // would start the unit again: is stopped and started before it
  itself,
  stops,  // because the unit stops
  starts  // likewise
};

struct AffectedUnit {
  std::string unit;
  Role role = Role::itself;
  std::string why{};  // "requires x.service"; empty for the unit itself
  bool operator==(const AffectedUnit&) const = default;
};

struct Affected {
  // In the order in which they are started again: triggers, the unit itself, those that depend on
  // it.
  std::vector<AffectedUnit> units;
  std::set<std::string> dependents;  // whose check `dependencies` fails meanwhile
  std::set<std::string> triggered;   // likewise `boot_start`
  std::string refused;               // why the unit cannot be exercised; empty if it can
};

// Returns the units that affected_units() has to know besides those that it is given.
std::set<std::string> unknown_units(const std::string& unit, const ObservedUnits& units);

// `units` must hold the unit, by its canonical name, and all that unknown_units() returns.
// `own_cgroup` is that of this process.
Affected affected_units(const std::string& unit, const ObservedUnits& units,
                        const std::string& own_cgroup);
}  // namespace checklist::ctl
