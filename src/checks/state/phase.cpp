// SPDX-License-Identifier: MIT
#include "checks/state/phase.hpp"

#include "checks/state/activation.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
bool has_result(std::string_view type) {
  return type != "target" && type != "slice" && type != "device";
}

// A property that this systemd does not know leaves no doubt.
std::optional<Unseen> doubt_of_freezer(View& see) {
  auto blind = see.unseen_among({"FreezerState"});
  return blind && blind->reason != "unsupported" ? blind : std::nullopt;
}

Life up_or_settling(View& see) {
  const auto& entered = see.observed("ActiveEnterTimestampMonotonic");
  const auto since = see.moment("ActiveEnterTimestampMonotonic");
  const bool settled =
      entered && (!since || see.passed(semantics::after(*since, see.spec().settle)));
  return {.phase = settled ? Phase::up : Phase::settling,
          .since = since,
          .trigger = {},
          .blind = doubt_of_freezer(see)};
}

// Not running and not failed: it may be that nobody needs it now.
Life idle(View& see, Life life) {
  const bool may_have_failed = has_result(semantics::unit_type(see.unit()));
  life.blind = may_have_failed ? see.unseen_among({"Result"}) : std::nullopt;
  if (life.blind || (may_have_failed && see.text("Result") != "success")) {
    return life;
  }
  const auto trigger = active_trigger(see);
  if (!trigger) {
    life.blind = trigger.unseen();
  } else if (!trigger->empty()) {
    life.trigger = *trigger;
    life.phase = Phase::on_demand;
  }
  return life;
}

// A restart job becomes the start job when the unit has stopped. One whose type is not known yet
// may be either: a unit that is restarted must not fail in between.
bool is_start(const Unit& unit) {
  return unit.job != 0 &&
         (unit.job_type.empty() || unit.job_type == "start" || unit.job_type == "restart");
}

Life activating(View& see, const Unit& unit, Life life) {
  if (unit.sub.starts_with("auto-restart")) {
    life.phase = Phase::crash_looping;
    return life;
  }
  life.phase = Phase::activating;
  if (semantics::unit_type(see.unit()) == "service") {
    life.blind = see.unseen_among({"Type"});
    if (see.text("Type") == "oneshot") {
      life.phase = Phase::running_once;
      life.since = see.moment("InactiveExitTimestampMonotonic");
    }
  }
  return life;
}

// FreezerState has no signal. Who reads it also follows the cgroup, where a freeze shows.
bool is_frozen(View& see) {
  (void)see.observed("ControlGroup");
  const std::string freezer = see.text("FreezerState");
  return freezer.starts_with("frozen") || freezer.starts_with("freezing");
}

// Of a unit that is inactive or failed, and of which nothing else was demanded.
Life at_rest(View& see, const Unit& unit, Life life) {
  const auto rests = rests_between_runs(see);
  if (rests && *rests) {
    life.phase = Phase::rests;
    return life;
  }
  if (unit.active != ActiveState::inactive) {
    return life;
  }
  if (!rests) {
    life.blind = rests.unseen();
    return life;
  }
  return idle(see, std::move(life));
}

// Of a unit that is not in the state it should be in.
Life elsewhere(View& see, const Unit& unit, std::optional<ActiveState> expected) {
  Life life{
      .phase = Phase::down, .since = see.moment("StateChangeTimestampMonotonic"), .trigger = {}};
  switch (unit.active) {
    case ActiveState::reloading:
    case ActiveState::refreshing:
      life.phase = Phase::reloading;
      life.since = unit.reloading_since ? unit.reloading_since : life.since;
      return life;
    case ActiveState::activating:
      return activating(see, unit, life);
    case ActiveState::active:
      return life;  // and should not be
    default:
      break;
  }
  if (is_start(unit)) {
    return {.phase = Phase::queued, .since = unit.job_since, .trigger = {}};
  }
  if (unit.active == ActiveState::deactivating) {
    life.phase = Phase::deactivating;
    return life;
  }
  return expected ? life : at_rest(see, unit, life);
}
}  // namespace

Observed<bool> rests_between_runs(View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return false;
  }
  if (const auto blind = see.unseen_among({"Type"})) {
    return *blind;
  }
  if (see.text("Type") != "oneshot") {
    return false;
  }
  const auto remains = see.property<bool>("RemainAfterExit");
  return remains ? Observed(!*remains) : see.observed("RemainAfterExit").unseen();
}

Life life_of(View& see, std::optional<ActiveState> expected) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {};
  }
  const Unit unit = *seen;
  if (unit.load != LoadState::loaded) {
    return {.phase = Phase::not_loaded, .since = std::nullopt, .trigger = {}};
  }
  if (is_frozen(see)) {
    return {.phase = Phase::frozen, .since = std::nullopt, .trigger = {}};
  }
  const ActiveState wanted = expected.value_or(ActiveState::active);
  if (unit.active == wanted) {
    return wanted == ActiveState::active
               ? up_or_settling(see)
               : Life{.phase = Phase::up, .since = std::nullopt, .trigger = {}};
  }
  return elsewhere(see, unit, expected);
}
}  // namespace checklist::checks
