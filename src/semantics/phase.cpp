// SPDX-License-Identifier: MIT
#include "semantics/phase.hpp"

#include <array>

#include "semantics/property.hpp"
#include "semantics/span.hpp"
#include "semantics/unit_name.hpp"

namespace checklist::semantics {
namespace {
// Where dbus-daemon finds what it can start (dbus-daemon(1), "standard_system_servicedirs").
bool is_activatable(View& see, const std::string& bus_name) {
  constexpr std::array<std::string_view, 5> shares{"/etc/dbus-1/", "/usr/local/share/dbus-1/",
                                                   "/usr/share/dbus-1/", "/lib/dbus-1/",
                                                   "/run/current-system/sw/share/dbus-1/"};
  const std::string folder = see.spec().user.empty() ? "system-services/" : "services/";
  bool is_there = false;
  for (const std::string_view share : shares) {
    const auto& file = see[FileKey{std::string(share) + folder + bus_name + ".service"}];
    is_there |= file && file->type != "missing";
  }
  return is_there;
}

// What is active and starts our unit when it is needed; empty: there is nothing.
std::string active_trigger(View& see) {
  for (const std::string& name : list_property(see, "TriggeredBy")) {
    const auto& trigger = see[UnitKey{name}];
    if (trigger && trigger->active == ActiveState::active) {
      return name;
    }
  }
  const std::string bus_name =
      unit_type(see.unit()) == "service" ? text_property(see, "BusName") : std::string();
  return !bus_name.empty() && is_activatable(see, bus_name) ? bus_name : std::string();
}

bool has_result(std::string_view type) {
  return type != "target" && type != "slice" && type != "device";
}

Life up_or_settling(View& see) {
  const auto since = moment_property(see, "ActiveEnterTimestampMonotonic");
  const bool settled = !since || see.passed(after(*since, see.spec().settle));
  return {.phase = settled ? Phase::up : Phase::settling, .since = since, .trigger = {}};
}

bool rests_between_runs(View& see) {
  return is_oneshot(see) && !property<bool>(see, "RemainAfterExit").value_or(false);
}

Life inactive(View& see, const Unit& unit, Life life) {
  life.phase = Phase::down;
  const bool has_failed = has_result(unit_type(unit.id)) &&
                          property<std::string>(see, "Result").value_or("success") != "success";
  if (unit.active == ActiveState::inactive && !has_failed) {
    life.trigger = active_trigger(see);
    life.phase = life.trigger.empty() ? Phase::down : Phase::on_demand;
  }
  return life;
}

// A restart job becomes the start job when the unit has stopped.
bool is_start(const Unit& unit) {
  return unit.job != 0 && (unit.job_type == "start" || unit.job_type == "restart");
}

Life activating(View& see, const Unit& unit, Life life) {
  if (unit.sub.starts_with("auto-restart")) {
    life.phase = Phase::crash_looping;
  } else if (is_oneshot(see)) {
    life.phase = Phase::running_once;
    life.since = moment_property(see, "InactiveExitTimestampMonotonic");
  } else {
    life.phase = Phase::activating;
  }
  return life;
}

bool is_frozen(View& see) {
  const std::string freezer = text_property(see, "FreezerState");
  return freezer.starts_with("frozen") || freezer.starts_with("freezing");
}

// Of a unit that is not in the state it should be in.
Life elsewhere(View& see, const Unit& unit, bool may_rest) {
  Life life{.phase = Phase::down,
            .since = moment_property(see, "StateChangeTimestampMonotonic"),
            .trigger = {}};
  if (unit.active == ActiveState::reloading || unit.active == ActiveState::refreshing) {
    life.phase = Phase::reloading;
    return life;
  }
  if (unit.active == ActiveState::activating) {
    return activating(see, unit, life);
  }
  if (is_start(unit)) {
    return {.phase = Phase::queued, .since = unit.job_since, .trigger = {}};
  }
  if (unit.active == ActiveState::deactivating) {
    life.phase = Phase::deactivating;
    return life;
  }
  if (may_rest && rests_between_runs(see)) {
    life.phase = Phase::rests;
    return life;
  }
  return inactive(see, unit, life);
}
}  // namespace

bool is_oneshot(View& see) {
  return unit_type(see.unit()) == "service" && text_property(see, "Type") == "oneshot";
}

bool is_triggered(View& see) {
  return !list_property(see, "TriggeredBy").empty();
}

Life life_of(View& see, std::optional<ActiveState> expected) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {};
  }
  const Unit& unit = *seen;
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
  return elsewhere(see, unit, !expected);
}
}  // namespace checklist::semantics
