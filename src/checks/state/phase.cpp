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

// A systemd without the property cannot freeze units.
std::optional<Unseen> unseen_freezer(View& see) {
  auto unseen = see.unseen_among({"FreezerState"});
  return unseen && unseen->reason != "unsupported" ? unseen : std::nullopt;
}

UnitPhase up_or_settling(View& see) {
  const auto& entered = see.observed("ActiveEnterTimestampMonotonic");
  const auto since = see.moment("ActiveEnterTimestampMonotonic");
  const bool settled =
      entered && (!since || see.passed(semantics::after(*since, see.spec().settle)));
  return {.phase = settled ? Phase::up : Phase::settling,
          .since = since,
          .trigger = {},
          .uncertain = unseen_freezer(see)};
}

// The phase of an inactive unit, which may be started on demand.
UnitPhase idle(View& see, UnitPhase out) {
  const bool may_have_failed = has_result(semantics::unit_type(see.unit()));
  out.uncertain = may_have_failed ? see.unseen_among({"Result"}) : std::nullopt;
  if (out.uncertain || (may_have_failed && see.text("Result") != "success")) {
    return out;
  }
  const auto trigger = active_trigger(see);
  if (!trigger) {
    out.uncertain = trigger.unseen();
  } else if (!trigger->empty()) {
    out.trigger = *trigger;
    out.phase = Phase::on_demand;
  }
  return out;
}

// A restart job becomes the start job when the unit has stopped. A job whose type is not known yet
// counts as one, so that a restarted unit does not fail in between.
bool is_start(const Unit& unit) {
  return unit.job != 0 &&
         (unit.job_type.empty() || unit.job_type == "start" || unit.job_type == "restart");
}

UnitPhase activating(View& see, const Unit& unit, UnitPhase out) {
  if (unit.sub.starts_with("auto-restart")) {
    out.phase = Phase::crash_looping;
    return out;
  }
  out.phase = Phase::activating;
  if (semantics::unit_type(see.unit()) == "service") {
    out.uncertain = see.unseen_among({"Type"});
    if (see.text("Type") == "oneshot") {
      out.phase = Phase::running_once;
      out.since = see.moment("InactiveExitTimestampMonotonic");
    }
  }
  return out;
}

// FreezerState= has no signal. Reading ControlGroup= subscribes to the cgroup, whose events show a
// freeze.
bool is_frozen(View& see) {
  (void)see.observed("ControlGroup");
  const std::string freezer = see.text("FreezerState");
  return freezer.starts_with("frozen") || freezer.starts_with("freezing");
}

// The phase of a unit that is inactive or failed, if the spec demands no other state.
UnitPhase inactive(View& see, const Unit& unit, UnitPhase out) {
  const auto is_between_runs = is_inactive_between_runs(see);
  if (is_between_runs && *is_between_runs) {
    out.phase = Phase::between_runs;
    return out;
  }
  if (unit.active != ActiveState::inactive) {
    return out;
  }
  if (!is_between_runs) {
    out.uncertain = is_between_runs.unseen();
    return out;
  }
  return idle(see, std::move(out));
}

// The phase of a unit that is not in its expected state.
UnitPhase not_as_expected(View& see, const Unit& unit, std::optional<ActiveState> expected) {
  UnitPhase out{
      .phase = Phase::down, .since = see.moment("StateChangeTimestampMonotonic"), .trigger = {}};
  switch (unit.active) {
    case ActiveState::reloading:
    case ActiveState::refreshing:
      out.phase = Phase::reloading;
      out.since = unit.reloading_since ? unit.reloading_since : out.since;
      return out;
    case ActiveState::activating:
      return activating(see, unit, out);
    case ActiveState::active:
      return out;  // but another state is expected
    default:
      break;
  }
  if (is_start(unit)) {
    return {.phase = Phase::queued, .since = unit.job_since, .trigger = {}};
  }
  if (unit.active == ActiveState::deactivating) {
    out.phase = Phase::deactivating;
    return out;
  }
  return expected ? out : inactive(see, unit, out);
}
}  // namespace

Observed<bool> is_inactive_between_runs(View& see) {
  if (semantics::unit_type(see.unit()) != "service") {
    return false;
  }
  if (const auto unseen = see.unseen_among({"Type"})) {
    return *unseen;
  }
  if (see.text("Type") != "oneshot") {
    return false;
  }
  const auto remains = see.property<bool>("RemainAfterExit");
  return remains ? Observed(!*remains) : see.observed("RemainAfterExit").unseen();
}

UnitPhase phase_of(View& see, std::optional<ActiveState> expected) {
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
               : UnitPhase{.phase = Phase::up, .since = std::nullopt, .trigger = {}};
  }
  return not_as_expected(see, unit, expected);
}
}  // namespace checklist::checks
