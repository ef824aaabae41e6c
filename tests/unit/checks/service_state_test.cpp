// SPDX-License-Identifier: MIT
// The rows of the table "How it decides" of docs/checks/service_state.md; oneshots are in
// service_state_oneshot_test.cpp.
#include <algorithm>

#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef service_state;

namespace {
using namespace std::chrono_literals;
using testing::a_history;
using testing::a_refusal;
using testing::a_run;
using testing::a_service_in;
using testing::a_unit;
using testing::a_unit_in;
using testing::a_world;
using testing::entered;
using testing::texts;
using testing::usec;
using testing::World;
using enum ActiveState;

const std::string x = "x.service";
const Unseen denied{"permission", "access denied", "look as root"};

std::string verdict(World& world, const Dict& arguments = {}) {
  return testing::verdict(service_state, world, arguments);
}

std::string verdict(World&& world, const Dict& arguments = {}) {
  return verdict(world, arguments);
}

Finding worst_of(World& world, const Dict& arguments = {}) {
  return testing::worst_finding(service_state, world, arguments);
}

std::string observed(World world, const Dict& arguments = {}) {
  return worst_of(world, arguments).observed;
}

World loaded_as(LoadState load, ActiveState active = inactive) {
  World world = a_service_in(active, "dead");
  world.with(UnitKey{x}, a_unit(x, active, "dead", load));
  return world;
}

World queued(std::optional<TimePoint> since, ActiveState active = inactive) {
  Unit unit = a_unit(x, active, "dead");
  unit.job = 7;
  unit.job_type = "start";
  unit.job_since = since;
  World world = a_service_in(active, "dead");
  world.with(UnitKey{x}, unit);
  return world;
}

World refused(const std::string& result, const std::string& message = {}) {
  World world = a_service_in(inactive, "dead");
  world.with(HistoryKey{x}, a_history({}, a_refusal(20min, result, message)));
  return world;
}

World with_socket(World world, ActiveState active) {
  world.property("TriggeredBy", texts({"x.socket"}))
      .with(UnitKey{"x.socket"}, a_unit("x.socket", active, "listening"));
  return world;
}

TEST(ServiceState, PassesUnitsOfEveryTypeThatAreActive) {
  EXPECT_EQ(verdict(a_service_in(active, "running")), "pass");
  EXPECT_EQ(verdict(a_unit_in("x.timer", active, "waiting")), "pass");
  EXPECT_EQ(verdict(a_unit_in("x.timer", active, "elapsed")), "pass");  // schedule judges that
  EXPECT_EQ(verdict(a_unit_in("x.socket", active, "listening")), "pass");
  EXPECT_EQ(verdict(a_unit_in("x.path", active, "waiting")), "pass");
  EXPECT_EQ(verdict(a_unit_in("x.target", active, "active")), "pass");
  EXPECT_EQ(verdict(a_unit_in("x.mount", active, "mounted")), "pass");
}

TEST(ServiceState, FailsUnitsOfEveryTypeThatAreNot) {
  for (const char* unit : {"x.service", "x.timer", "x.socket", "x.path", "x.target", "x.mount"}) {
    const bool is_service = std::string_view(unit) == x;
    const auto in = [&](ActiveState active, const char* sub) {
      return is_service ? a_service_in(active, sub) : a_unit_in(unit, active, sub);
    };
    EXPECT_EQ(verdict(in(inactive, "dead")), "fail inactive") << unit;
    EXPECT_EQ(verdict(in(failed, "failed")), "fail failed") << unit;
  }
}

TEST(ServiceState, PassesAUnitThatHasNotSettled) {
  EXPECT_EQ(verdict(a_service_in(active, "running").at(entered + 1s)), "pass");
}

TEST(ServiceState, SaysWhyAUnitIsNotLoaded) {
  EXPECT_EQ(verdict(loaded_as(LoadState::not_found)), "fail not_found");
  EXPECT_EQ(verdict(loaded_as(LoadState::masked)), "fail masked");
  EXPECT_EQ(verdict(loaded_as(LoadState::stub)), "unknown load_state");
  EXPECT_EQ(verdict(loaded_as(LoadState::other)), "unknown load_state");
  const std::string message = "Unit x.service has a bad unit file setting.";
  for (const auto load : {LoadState::bad_setting, LoadState::error}) {
    World world = loaded_as(load).property("LoadError", texts({"org.x.BadSetting", message}));
    EXPECT_EQ(verdict(world), "fail load_error");
    EXPECT_EQ(worst_of(world).observed, std::string(text(load)) + ": " + message);
  }
}

TEST(ServiceState, FailsAUnitThatRunsWithoutItsFile) {
  EXPECT_EQ(verdict(loaded_as(LoadState::not_found, active)), "fail not_found");
  EXPECT_EQ(verdict(loaded_as(LoadState::masked, active)), "fail masked");
}

TEST(ServiceState, WaitsForAQueuedStartAsLongAsItsJobMayTake) {
  World world = queued(TimePoint{1h}).at(1h);
  EXPECT_EQ(verdict(world), "unknown queued");
  EXPECT_EQ(world.wake_at(), TimePoint{1h + 5min});
  EXPECT_EQ(verdict(world.at(1h + 5min)), "fail job_timeout");
  world.number("JobTimeoutUSec", usec(30s));
  EXPECT_EQ(verdict(world.at(1h + 30s - 1us)), "unknown queued");
  EXPECT_EQ(verdict(world.at(1h + 30s)), "fail job_timeout");
  EXPECT_EQ(verdict(queued({}).at(24h)), "unknown queued");  // since an unknown time
}

TEST(ServiceState, TakesARestartThatStopsFirstForQueued) {
  EXPECT_EQ(verdict(queued(TimePoint{1h}, deactivating)), "unknown queued");
}

TEST(ServiceState, FailsBetweenTwoAutomaticRestartsAndSaysWhy) {
  World world = a_service_in(activating, "auto-restart");
  testing::with_exit(world, "exit-code", 1, 203);
  EXPECT_EQ(verdict(world), "fail crash_loop");
  EXPECT_EQ(worst_of(world).observed,
            "waiting for an automatic restart after exit-code, exited with 203 (EXEC)");
  EXPECT_EQ(verdict(a_service_in(activating, "auto-restart-queued")), "fail crash_loop");
}

TEST(ServiceState, WaitsForAStartAsLongAsItMayTake) {
  World world = a_service_in(activating, "start").at(entered + 1s);
  EXPECT_EQ(verdict(world), "unknown starting");
  EXPECT_EQ(world.wake_at(), TimePoint{entered + 90s});
  EXPECT_EQ(verdict(world.at(entered + 90s)), "fail start_timeout");
  world.number("TimeoutStartUSec", UINT64_MAX);
  EXPECT_EQ(verdict(world.at(entered + 10min - 1us)), "unknown starting");
  EXPECT_EQ(verdict(world.at(entered + 10min)), "fail start_timeout");
  const Dict longer{{"start_timeout", Value{std::string("1h")}}};
  EXPECT_EQ(verdict(world, longer), "unknown starting");
  EXPECT_EQ(world.wake_at(), TimePoint{entered + 1h});
}

TEST(ServiceState, KnowsTheTimeoutsOfOtherTypes) {
  for (const char* unit : {"x.socket", "x.mount"}) {
    World world = a_unit_in(unit, activating, "mounting").at(entered + 90s);
    EXPECT_EQ(verdict(world), "fail start_timeout") << unit;
  }
  World path = a_unit_in("x.path", activating, "start").at(entered + 90s);
  EXPECT_EQ(verdict(path), "unknown starting");
  EXPECT_EQ(path.wake_at(), TimePoint{entered + 10min});
}

TEST(ServiceState, PassesAReloadUntilItShouldBeOver) {
  for (const auto state : {reloading, refreshing}) {
    World world = a_service_in(state, "reload").at(entered + 90s - 1us);
    EXPECT_EQ(verdict(world), "pass");
    EXPECT_EQ(world.wake_at(), TimePoint{entered + 90s});
    EXPECT_EQ(verdict(world.at(entered + 90s)), "fail reload_timeout");
  }
}

// systemd 252 enters the reload again, with a new StateChangeTimestamp, each time it timed out.
TEST(ServiceState, FailsAReloadThatSystemdWaitsForAgainAndAgain) {
  Unit unit = a_unit(x, reloading, "reload");
  unit.reloading_since = TimePoint{entered - 89s};
  World world = a_service_in(reloading, "reload").at(entered);
  world.with(UnitKey{x}, unit);
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{entered + 1s});
  EXPECT_EQ(verdict(world.at(entered + 1s)), "fail reload_timeout");
}

TEST(ServiceState, WaitsForAStopAsLongAsItMayTake) {
  World world = a_service_in(deactivating, "stop-sigterm").at(entered + 29s);
  EXPECT_EQ(verdict(world), "unknown stopping");
  EXPECT_EQ(world.wake_at(), TimePoint{entered + 30s});
  EXPECT_EQ(verdict(world.at(entered + 30s)), "fail stop_timeout");
}

TEST(ServiceState, FailsAFrozenUnit) {
  EXPECT_EQ(verdict(a_service_in(active, "running").text("FreezerState", "frozen")), "fail frozen");
}

TEST(ServiceState, FailsAServiceWhoseMainProcessIsStopped) {
  World world = a_service_in(active, "running");
  world.number("MainPID", 7).with(ProcessKey{7}, Process{});
  EXPECT_EQ(verdict(world), "pass");
  world.with(ProcessKey{7}, Process{.started = {}, .is_stopped = true});
  EXPECT_EQ(verdict(world), "fail stopped");
  world.with(ProcessKey{7}, denied);
  EXPECT_EQ(verdict(world), "pass");
}

TEST(ServiceState, PassesAnIdleServiceThatIsStartedOnDemand) {
  World world = with_socket(a_service_in(inactive, "dead"), active);
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(worst_of(world).observed, "started on demand by x.socket");
  EXPECT_EQ(verdict(with_socket(a_service_in(inactive, "dead"), inactive)), "fail inactive");
  EXPECT_EQ(verdict(with_socket(a_service_in(failed, "failed"), active)), "fail failed");
}

TEST(ServiceState, FailsAnIdleServiceWhoseLastStartOnDemandWasRefused) {
  EXPECT_EQ(verdict(with_socket(refused("dependency"), active)), "fail dependency");
}

TEST(ServiceState, SaysHowTheMainProcessEnded) {
  World killed = a_service_in(failed, "failed");
  testing::with_exit(killed, "signal", 2, 9);
  EXPECT_EQ(worst_of(killed).observed, "failed: signal, killed by KILL");
  EXPECT_EQ(observed(a_service_in(failed, "failed").text("Result", "resources")),
            "failed: resources");
  World other_run = a_service_in(failed, "failed").text("Result", "start-limit-hit");
  other_run.with(HistoryKey{x}, a_history(a_run(5min, "exit-code")));
  EXPECT_EQ(worst_of(other_run).observed, "failed: start-limit-hit");
}

TEST(ServiceState, NamesTheConditionThatSkippedTheStart) {
  World world =
      a_service_in(inactive, "dead")
          .property("ConditionResult", Value{false})
          .property("Conditions", Value{Values{testing::a_condition("ConditionPathExists", false,
                                                                    false, "/run/x", -1)}});
  EXPECT_EQ(verdict(world), "fail condition");
  EXPECT_EQ(worst_of(world).observed, "start skipped: ConditionPathExists=/run/x is not met");
  world.number("ConditionTimestampMonotonic", 0);
  EXPECT_EQ(verdict(world), "fail inactive");
}

TEST(ServiceState, NamesWhatARefusedStartNeeded) {
  const std::string message = "Dependency failed for x.";
  World world =
      refused("dependency", message).property("Requires", texts({"a.service", "b.mount"}));
  world.with(UnitKey{"a.service"}, a_unit("a.service", active, "running"))
      .with(UnitKey{"b.mount"}, a_unit("b.mount", failed, "failed"));
  EXPECT_EQ(verdict(world), "fail dependency");
  EXPECT_EQ(worst_of(world).observed, "start refused: dependency b.mount failed");
  EXPECT_EQ(worst_of(world).details, message);
  EXPECT_EQ(observed(refused("dependency")), "start refused: a dependency failed");
}

TEST(ServiceState, TellsOtherRefusalsByTheirJobsResult) {
  EXPECT_EQ(verdict(refused("assert")), "fail assert");
  EXPECT_EQ(verdict(refused("timeout")), "fail refused");
  EXPECT_EQ(observed(refused("timeout")), "start refused: timeout");
  EXPECT_EQ(verdict(refused("canceled")), "fail inactive");
}

TEST(ServiceState, LeavesRefusalsOfEarlierBootsAlone) {
  World world = a_service_in(inactive, "dead");
  world.with(HistoryKey{x}, a_history({}, a_refusal(-1h, "dependency")));
  EXPECT_EQ(verdict(world), "fail inactive");
}

World restarted(std::uint64_t count, std::vector<TimePoint> times) {
  World world = a_service_in(active, "running").number("NRestarts", count);
  History history = a_history({});
  history.restarts = std::move(times);
  world.with(HistoryKey{x}, history);
  return world;
}

std::vector<TimePoint> each(Duration interval, int count) {
  std::vector<TimePoint> out;
  for (int i = count; i > 0; --i) {
    out.emplace_back(testing::present - i * interval);
  }
  return out;
}

TEST(ServiceState, FailsMoreRestartsThanAllowedUntilTheyAreOld) {
  EXPECT_EQ(verdict(restarted(3, each(1min, 3))), "pass");
  World world = restarted(4, each(1min, 4));
  EXPECT_EQ(verdict(world), "fail restarts");
  EXPECT_EQ(worst_of(world).subject, "restarts");
  EXPECT_EQ(world.wake_at(), TimePoint{testing::present + 6min});
  EXPECT_EQ(verdict(world.at(testing::present + 6min)), "pass");
  EXPECT_EQ(verdict(restarted(4, each(11min, 4))), "pass");
}

TEST(ServiceState, ForgivesRestartsBeforeAStartByHand) {
  EXPECT_EQ(verdict(restarted(0, each(1s, 60))), "pass");
}

TEST(ServiceState, SeesALoopWithLongPauses) {
  World world = restarted(4, each(5min, 4)).number("RestartUSec", usec(300s));
  EXPECT_EQ(verdict(world), "fail restarts");  // 4 × (300s + 60s) = 24min
  EXPECT_EQ(worst_of(world).observed, "more than 3 automatic restarts within 24min");
  World growing = restarted(4, each(5min, 4)).number("RestartMaxDelayUSec", usec(300s));
  EXPECT_EQ(verdict(growing), "fail restarts");
}

TEST(ServiceState, TakesTheLimitsGiven) {
  const Dict none{{"max_restarts", Value{std::int64_t{0}}}};
  EXPECT_EQ(verdict(restarted(1, each(1min, 1)), none), "fail restarts");
  const Dict briefly{{"restart_window", Value{std::string("2m")}}};
  EXPECT_EQ(verdict(restarted(4, each(1min, 4)), briefly), "pass");
  const Dict beyond{{"max_restarts", Value{std::int64_t{64}}}};
  EXPECT_EQ(verdict(restarted(4, {}), beyond), "unknown error");
}

TEST(ServiceState, HoldsTheUnitToTheStateThatTheSpecDemands) {
  const auto want = [](const char* active, const char* sub = nullptr) {
    Dict out{{"active", Value{std::string(active)}}};
    if (sub != nullptr) {
      out.emplace("sub", Value{std::string(sub)});
    }
    return out;
  };
  EXPECT_EQ(verdict(a_service_in(inactive, "dead"), want("inactive")), "pass");
  EXPECT_EQ(verdict(a_service_in(active, "running"), want("inactive")), "fail other_state");
  EXPECT_EQ(verdict(a_service_in(failed, "failed"), want("inactive")), "fail failed");
  EXPECT_EQ(verdict(a_service_in(active, "running"), want("active", "running")), "pass");
  EXPECT_EQ(verdict(a_service_in(active, "exited"), want("active", "running")), "fail sub_state");
  EXPECT_EQ(verdict(with_socket(a_service_in(inactive, "dead"), active), want("active")),
            "fail inactive");
}

TEST(ServiceState, IsUnknownInStatesOfANewerSystemd) {
  EXPECT_EQ(verdict(a_service_in(other, "new")), "unknown other_state");
  EXPECT_EQ(verdict(a_service_in(maintenance, "cleaning")), "fail other_state");
}

TEST(ServiceState, IsUnknownWhereTheUnitCannotBeSeen) {
  World world = a_world(x);
  world.with(UnitKey{x}, denied).with(HistoryKey{x}, denied);
  EXPECT_EQ(verdict(world), "unknown permission");
  EXPECT_EQ(worst_of(world).hint, "look as root");
  EXPECT_FALSE(world.pending());
}

TEST(ServiceState, IsPendingUntilTheUnitWasSeen) {
  World world = a_world(x);
  EXPECT_EQ(verdict(world), "unknown pending");
  EXPECT_TRUE(world.pending());
}

TEST(ServiceState, JudgesWhatIsCertainWithoutTheJournal) {
  const auto blinded = [](World world) { return world.with(HistoryKey{x}, denied); };
  EXPECT_EQ(verdict(blinded(a_service_in(active, "running"))), "pass");
  EXPECT_EQ(verdict(blinded(a_service_in(failed, "failed"))), "fail failed");
  EXPECT_EQ(verdict(blinded(a_service_in(inactive, "dead"))), "fail inactive");
  EXPECT_EQ(verdict(blinded(restarted(4, {}))), "unknown permission");
}

TEST(ServiceState, NeverFailsForWhatCouldNotBeSeen) {
  const std::vector<World (*)()> passing{
      [] { return a_service_in(active, "running"); },
      [] { return with_socket(a_service_in(inactive, "dead"), active); },
      [] { return a_service_in(reloading, "reload").at(entered + 1min); },
      [] { return a_unit_in("x.timer", active, "waiting"); },
      [] { return restarted(3, each(1min, 3)); }};
  for (const auto& make : passing) {
    for (std::size_t fact = 0; fact < make().given(); ++fact) {
      const std::string now = verdict(make().hide(fact));
      EXPECT_FALSE(now.starts_with("fail")) << "fact " << fact << ": " << now;
    }
  }
}

TEST(ServiceState, FailsForAFaultOfTheRunningService) {
  World world = a_service_in(active, "running");
  EXPECT_EQ(verdict(world.text("ReloadResult", "exit-code")), "fail reload_failed");
}

TEST(ServiceState, NamesTheSocketUnitThatWouldStartIt) {
  World world = with_socket(a_service_in(inactive, "dead"), failed);
  EXPECT_EQ(worst_of(world).observed, "inactive, and so is x.socket, which starts it");
  EXPECT_EQ(worst_of(world).hint, "run `systemctl start x.socket`");
}

TEST(ServiceState, TellsUsersCommandsOfTheirOwnManager) {
  World world = a_service_in(inactive, "dead");
  world.spec().user = "dev";
  EXPECT_EQ(worst_of(world).hint,
            "read `journalctl --user -u x.service`, fix the cause, then run "
            "`systemctl --user start x.service`");
}

TEST(ServiceState, CapturesAStateThatDoesNotPassByItself) {
  const auto captured = [](World world) { return world.capture(service_state); };
  EXPECT_EQ(captured(a_service_in(active, "running")), Dict{});
  EXPECT_EQ(captured(with_socket(a_service_in(inactive, "dead"), active)), Dict{});
  EXPECT_EQ(captured(a_service_in(activating, "start")), Dict{});
  EXPECT_EQ(captured(loaded_as(LoadState::not_found)), Dict{});
  EXPECT_EQ(captured(a_world(x)), Dict{});
  EXPECT_EQ(captured(a_service_in(failed, "failed")), Dict{}) << "nobody expects it";
  const Dict arguments = captured(a_service_in(inactive, "dead"));
  EXPECT_EQ(arguments, (Dict{{"active", Value{std::string("inactive")}}}));
  EXPECT_EQ(verdict(a_service_in(inactive, "dead"), arguments), "pass");
}
}  // namespace
}  // namespace checklist::checks
