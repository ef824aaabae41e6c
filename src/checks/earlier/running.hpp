// SPDX-License-Identifier: MIT
// A service that runs, as far as its earlier life matters.
#pragma once
#include "checklist/view.hpp"

#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
// Returns whether the view's unit is a service that is active.
inline bool is_running_service(View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  return unit && semantics::unit_type(unit->id) == "service" &&
         (unit->active == ActiveState::active || unit->active == ActiveState::reloading ||
          unit->active == ActiveState::refreshing);
}
}  // namespace checklist::checks
