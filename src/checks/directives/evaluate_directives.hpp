// SPDX-License-Identifier: MIT
// Judges whether a unit and its processes have the expected values of directives.
#pragma once
#include <functional>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/directives/directive.hpp"
#include "checks/state/unit_process.hpp"

namespace checklist::checks {
// What runs of a unit; empty if the unit is not up.
struct Running {
  Observed<UnitProcess> process = UnitProcess{};
  std::string cgroup{};  // empty if no process is left
};

// The value of a directive in the kernel.
struct RuntimeValue {
  bool holds = true;
  std::string shown{};   // if it does not hold: the value, as a phrase
  bool is_lost = false;  // it held once: a restart brings it back
  bool operator==(const RuntimeValue&) const = default;
};

// Compares the kernel's value of a directive with the wanted one; returns nothing if the kernel
// does not show it. Unseen "gone" means that the process or cgroup has just ended.
using RuntimeProbe = std::function<std::optional<Observed<RuntimeValue>>(
    View&, const Directive&, const Setting& wanted, const Running&)>;

// Returns the result of a RuntimeProbe for a fact without a value.
template <class Fact>
Observed<RuntimeValue> unread(const Observed<Fact>& fact) {
  return fact.pending() ? Observed<RuntimeValue>() : fact.unseen();
}

// Returns a fact of the process by which the unit is judged, for a RuntimeProbe; nothing if no
// process is left.
template <class Key>
std::optional<Observed<typename Key::Fact>> of_unit_process(View& see, const Running& runs) {
  if (!runs.process) {
    return Observed<typename Key::Fact>(runs.process.unseen());
  }
  return runs.process->pid != 0 ? std::optional(see[Key{runs.process->pid}]) : std::nullopt;
}

// Returns a finding for each directive. `reason` is for those that the definition does not satisfy.
Findings evaluate_directives(View& see, const ExpectedDirectives& expected,
                             const std::string& reason, const RuntimeProbe& witness);

// Returns the expected value on this machine and with this systemd.
Observed<Setting> resolved(View& see, const ExpectedDirective& expected);

// Returns what the unit has, by its D-Bus property.
Observed<Setting> configured(View& see, const Directive& directive);
}  // namespace checklist::checks
