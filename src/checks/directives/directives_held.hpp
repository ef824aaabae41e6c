// SPDX-License-Identifier: MIT
// Whether a unit has what is demanded of its directives, and whether what runs has it, too.
#pragma once
#include <functional>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/directives/directive.hpp"

namespace checklist::checks {
// What of a unit is judged by the values in force: nothing where it is not up.
struct Running {
  std::uint32_t pid = 0;  // the main process; 0: it has none
  std::string cgroup{};   // empty: no process is left
};

// What the kernel shows of a directive.
struct Evidence {
  bool holds = true;
  std::string shown{};  // what it shows instead, where it does not hold
  bool operator==(const Evidence&) const = default;
};

// What the kernel shows of a directive of which this is wanted; nothing where it tells nothing.
// Unseen "gone": what was to be looked at has just ended.
using Witness = std::function<std::optional<Observed<Evidence>>(
    View&, const Directive&, const Setting& wanted, const Running&)>;

// A finding a demand. One that the unit's definition does not meet has `reason`.
Findings held(View& see, const Demands& demands, const std::string& reason, const Witness& witness);

// What the unit has, by its D-Bus property.
Observed<Setting> configured(View& see, const Directive& directive);

// What the unit's own files say of a table's directives, as the unit has them: for capture.
Demands written(View& see, std::span<const Directive> table);
}  // namespace checklist::checks
