// SPDX-License-Identifier: MIT
// Judges whether a unit and its processes have the expected values of directives.
#pragma once
#include <functional>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/directives/directive.hpp"

namespace checklist::checks {
// What runs of a unit; empty if the unit is not up.
struct Running {
  std::uint32_t pid = 0;  // the main process; 0 if there is none
  std::string cgroup{};   // empty if no process is left
};

// The value of a directive in the kernel.
struct RuntimeValue {
  bool holds = true;
  std::string shown{};  // if it does not hold: the value, as a phrase
  bool operator==(const RuntimeValue&) const = default;
};

// Compares the kernel's value of a directive with the wanted one; returns nothing if the kernel
// does not show it. Unseen "gone" means that the process or cgroup has just ended.
using RuntimeProbe = std::function<std::optional<Observed<RuntimeValue>>(
    View&, const Directive&, const Setting& wanted, const Running&)>;

// Returns a finding for each directive. `reason` is for those that the definition does not satisfy.
Findings evaluate_directives(View& see, const ExpectedDirectives& expected,
                             const std::string& reason, const RuntimeProbe& witness);

// Returns what the unit has, by its D-Bus property.
Observed<Setting> configured(View& see, const Directive& directive);

// Returns the directives of a table that the unit's files set, with the unit's values, for capture.
ExpectedDirectives written(View& see, std::span<const Directive> table);
}  // namespace checklist::checks
