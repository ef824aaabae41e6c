// SPDX-License-Identifier: MIT
// Worlds in which everything that is asked of a unit's life is known: a test changes what it is
// about.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "support/world.hpp"

namespace checklist::testing {
inline Value texts(const std::vector<std::string>& all) {
  Values out;
  for (const auto& each : all) {
    out.push_back(Value{each});
  }
  return Value{out};
}

inline std::uint64_t usec(Duration length) {
  return static_cast<std::uint64_t>(length.count());
}

inline constexpr Duration booted{std::chrono::minutes{1}};
inline constexpr Duration entered{std::chrono::minutes{10}};  // when it got into its state
inline constexpr Duration present{std::chrono::hours{1}};

// A loaded unit in that state for 50 minutes, at one hour after boot.
inline World a_unit_in(const std::string& name, ActiveState active, std::string sub) {
  World world = a_world(name);
  world.with(UnitKey{name}, a_unit(name, active, std::move(sub)))
      .with(HistoryKey{name}, History{})
      .with(RecordKey{name}, Record{})
      .with(SystemStateKey{}, SystemState::running)
      .with(HostKey{}, Host{.version = "252",
                            .boot_id = {},
                            .default_target = "multi-user.target",
                            .unit_path = {}})
      .text("FreezerState", "running")
      .text("Result", "success")
      .property("Names", texts({name}))
      .property("TriggeredBy", texts({}))
      .property("Conditions", texts({}))
      .property("ConditionResult", Value{true})
      .property("LoadError", texts({"", ""}))
      .number("ConditionTimestampMonotonic", usec(entered))
      .number("ActiveEnterTimestampMonotonic", usec(entered))
      .number("InactiveEnterTimestampMonotonic", usec(entered - std::chrono::seconds(1)))
      .number("InactiveExitTimestampMonotonic", usec(entered))
      .number("StateChangeTimestampMonotonic", usec(entered))
      .number("JobTimeoutUSec", UINT64_MAX)
      .number("TimeoutUSec", usec(std::chrono::seconds{90}));
  for (const char* edge :
       {"Requires", "Requisite", "BindsTo", "WantedBy", "RequiredBy", "UpheldBy"}) {
    world.property(edge, texts({}));
  }
  return world.at(present);
}

inline World a_service_in(ActiveState active, std::string sub) {
  World world = a_unit_in("x.service", active, std::move(sub));
  return world.text("Type", "simple")
      .property("RemainAfterExit", Value{false})
      .text("BusName", "")
      .text("ControlGroup", "/system.slice/x.service")
      .text("OOMPolicy", "stop")
      .text("ReloadResult", "success")
      .number("NRestarts", 0)
      .number("RestartUSec", 100'000)
      .number("TimeoutStartUSec", usec(std::chrono::seconds{90}))
      .number("TimeoutStopUSec", usec(std::chrono::seconds{30}))
      .number("ExecMainExitTimestampMonotonic", 0)
      .property("ExecMainCode", Value{std::int64_t{0}})
      .property("ExecMainStatus", Value{std::int64_t{0}});
}

inline World a_oneshot_in(ActiveState active, std::string sub) {
  return a_service_in(active, std::move(sub))
      .text("Type", "oneshot")
      .number("TimeoutStartUSec", UINT64_MAX);
}

inline Run a_run(Duration ended, std::string result = "success") {
  return {.ended = TimePoint{ended},
          .this_boot = ended > Duration{0},
          .result = std::move(result),
          .exit_code = {},
          .exit_status = {}};
}

// The properties of its last run.
inline World& with_exit(World& world, const std::string& result, std::int64_t code,
                        std::int64_t status, Duration ended = entered) {
  return world.text("Result", result)
      .number("ExecMainExitTimestampMonotonic", usec(ended))
      .property("ExecMainCode", Value{code})
      .property("ExecMainStatus", Value{status});
}

inline Refusal a_refusal(Duration at, std::string result, std::string what = {}) {
  return {.at = TimePoint{at},
          .this_boot = at > Duration{0},
          .result = std::move(result),
          .what = std::move(what)};
}

inline History a_history(std::optional<Run> run, std::optional<Refusal> refusal = {},
                         std::optional<TimePoint> started = {}) {
  return {.last_run = std::move(run),
          .last_started = started,
          .last_refusal = std::move(refusal),
          .restarts = {}};
}

// Of Conditions: (name, is an alternative, is negated, parameter, below 0 if unmet).
inline Value a_condition(const std::string& name, bool alternative, bool negated,
                         const std::string& parameter, std::int64_t state) {
  return Value{
      Values{Value{name}, Value{alternative}, Value{negated}, Value{parameter}, Value{state}}};
}
}  // namespace checklist::testing
