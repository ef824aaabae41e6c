// SPDX-License-Identifier: MIT
// The phase that a unit is in: the rows of the table "How it decides" in
// docs/checks/service_state.md. All checks that depend on a unit's state use it.
#pragma once
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
enum class Phase {
  unseen,         // its state is pending or could not be observed
  not_loaded,     // not-found, masked, bad-setting, error
  up,             // in its expected state
  settling,       // in its expected state for less than the spec's `settle`
  queued,         // not active, with a start or restart job
  crash_looping,  // activating, SubState=auto-restart
  activating,
  running_once,  // a running oneshot
  reloading,
  deactivating,
  frozen,
  on_demand,     // inactive, with an active unit or a bus name that starts it
  between_runs,  // an inactive or failed oneshot
  down
};

struct UnitPhase {
  Phase phase = Phase::unseen;
  std::optional<TimePoint> since;  // when the phase began, if systemd reports it
  std::string trigger;             // on_demand: the unit or bus name that starts it
  // A fact that could not be observed and with which the phase might be another.
  std::optional<Unseen> uncertain = std::nullopt;
};

// Returns the phase of the view's unit. `expected` is the ActiveState that the spec demands; only
// without it can the phase be between_runs or on_demand.
UnitPhase phase_of(View& see, std::optional<ActiveState> expected = std::nullopt);

// Returns whether listeners and probes are judged in this phase.
constexpr bool is_judged(Phase phase) {
  return phase == Phase::up || phase == Phase::settling || phase == Phase::reloading;
}

// Returns whether the unit is a oneshot that becomes inactive after each run (no RemainAfterExit=).
Observed<bool> is_inactive_between_runs(View& see);
}  // namespace checklist::checks
