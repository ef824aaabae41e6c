// SPDX-License-Identifier: MIT
// Where in its life a unit is: the rows of the table "Unit state × check" of
// docs/checks/service_state.md, one for all checks.
#pragma once
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
enum class Phase {
  unseen,         // its state could not be observed
  not_loaded,     // not-found, masked, bad-setting, error
  up,             // in its expected state
  settling,       // the same, for less than the spec's `settle`
  queued,         // not active, a start or restart job waits or runs
  crash_looping,  // activating, SubState auto-restart
  activating,
  running_once,  // a oneshot at work
  reloading,
  deactivating,
  frozen,
  on_demand,  // inactive, and something active will start it
  rests,      // a oneshot between two runs
  down
};

struct Life {
  Phase phase = Phase::unseen;
  std::optional<TimePoint> since;  // when this phase began, as far as systemd tells
  std::string trigger;             // on_demand: the unit, or bus name, that will start it
  // Why this may be another phase: what would tell could not be seen.
  std::optional<Unseen> blind = std::nullopt;
};

// `expected` is the ActiveState that the spec demands. Without it a unit is up when it is active, a
// oneshot that does not remain active rests between its runs, and what is idle may be on demand.
Life life_of(View& see, std::optional<ActiveState> expected = std::nullopt);

// Whether listeners and probes are judged in this phase, or have nothing to say.
constexpr bool is_judged(Phase phase) {
  return phase == Phase::up || phase == Phase::settling || phase == Phase::reloading;
}

// Whether it is a oneshot that is inactive after it ran; pending or unseen where that is not known.
Observed<bool> rests_between_runs(View& see);
}  // namespace checklist::checks
