// SPDX-License-Identifier: MIT
// Metrics that are exported only if the configuration asks for them: no rule, alert or dashboard of
// checklistd uses them.
#pragma once

namespace checklist {
struct OptionalMetrics {
  bool status_sets = false;  // a series for each status, as until version 0.1
  bool unit_states = false;  // states of units and of the manager, as node_exporter has them
  bool details = false;      // of checklistd itself
  bool operator==(const OptionalMetrics&) const = default;
};
}  // namespace checklist
