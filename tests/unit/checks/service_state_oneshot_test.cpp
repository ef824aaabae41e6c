// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef service_state;

namespace {
using namespace std::chrono_literals;
using testing::a_history;
using testing::a_oneshot_in;
using testing::a_refusal;
using testing::a_run;
using testing::a_unit;
using testing::entered;
using testing::texts;
using testing::usec;
using testing::World;
using enum ActiveState;

const std::string x = "x.service";
const Unseen denied{"permission", "access denied", ""};
constexpr Duration yesterday = -10h;

std::string verdict(World& world, const Dict& arguments = {}) {
  return testing::verdict(service_state, world, arguments);
}

std::string verdict(World&& world, const Dict& arguments = {}) {
  return verdict(world, arguments);
}

std::string observed(World& world) {
  return testing::worst_finding(service_state, world).observed;
}

// Inactive, with the properties of a unit that was unloaded: only its history has the run.
World rests(std::optional<Run> last_run) {
  World world = a_oneshot_in(inactive, "dead");
  world.with(HistoryKey{x}, a_history(std::move(last_run)));
  return world;
}

World by_timer(World world) {
  world.property("TriggeredBy", texts({"x.timer"}))
      .with(UnitKey{"x.timer"}, a_unit("x.timer", active, "waiting"));
  return world;
}

World at_boot(World world, ActiveState target = active, SystemState state = SystemState::running) {
  world.property("WantedBy", texts({"multi-user.target"}))
      .with(UnitKey{"multi-user.target"}, a_unit("multi-user.target", target, "active"))
      .with(SystemStateKey{}, state);
  return world;
}

World remaining(ActiveState active, std::string sub) {
  return a_oneshot_in(active, std::move(sub)).property("RemainAfterExit", Value{true});
}

TEST(ServiceStateOfOneshot, IsItsLastRun) {
  EXPECT_EQ(verdict(rests(a_run(30min))), "pass");
  EXPECT_EQ(verdict(rests(a_run(30min, "exit-code"))), "fail run_failed");
}

TEST(ServiceStateOfOneshot, SaysHowItsLastRunFailed) {
  World world = a_oneshot_in(failed, "failed");
  testing::with_exit(world, "exit-code", 1, 3);
  EXPECT_EQ(verdict(world), "fail run_failed");
  EXPECT_EQ(observed(world), "last run failed: exit-code, exited with 3");
}

TEST(ServiceStateOfOneshot, FailsAlsoWhenItNeverGotToItsMainProcess) {
  World world = a_oneshot_in(failed, "failed").text("Result", "resources");
  world.with(HistoryKey{x}, a_history(a_run(5min)));  // not in the journal yet
  EXPECT_EQ(verdict(world), "fail run_failed");
  EXPECT_EQ(observed(world), "last run failed: resources");
}

TEST(ServiceStateOfOneshot, RemembersARunAfterItWasUnloadedOrReset) {
  World reset = a_oneshot_in(inactive, "dead");
  reset.with(HistoryKey{x}, a_history(a_run(30min, "exit-code")));
  EXPECT_EQ(verdict(reset), "fail run_failed");
}

TEST(ServiceStateOfOneshot, IsJudgedByARunOfAnEarlierBootWhenATimerStartsIt) {
  EXPECT_EQ(verdict(by_timer(rests(a_run(yesterday)))), "pass");
  EXPECT_EQ(verdict(by_timer(rests(a_run(yesterday, "timeout")))), "fail run_failed");
  EXPECT_EQ(verdict(at_boot(by_timer(rests(a_run(yesterday))))), "pass");
}

TEST(ServiceStateOfOneshot, MustHaveRunThisBootWhenTheBootPullsItIn) {
  const auto starting = SystemState::starting;
  EXPECT_EQ(verdict(at_boot(rests(a_run(30min)))), "pass");
  EXPECT_EQ(verdict(at_boot(rests(a_run(yesterday)))), "fail not_run");
  EXPECT_EQ(verdict(at_boot(rests({}))), "fail not_run");
  EXPECT_EQ(verdict(at_boot(rests(a_run(yesterday)), active, SystemState::degraded)),
            "fail not_run");
  EXPECT_EQ(verdict(at_boot(rests(a_run(yesterday)), active, starting)), "unknown not_run");
  EXPECT_EQ(verdict(at_boot(rests(a_run(yesterday)), inactive, starting)), "unknown not_run");
  EXPECT_EQ(verdict(at_boot(rests(a_run(yesterday)), inactive)), "pass");  // a target not reached
}

TEST(ServiceStateOfOneshot, IsUnknownWhereNoRunIsKnown) {
  EXPECT_EQ(verdict(rests({})), "unknown not_run");
  EXPECT_EQ(verdict(by_timer(rests({}))), "unknown not_run");
}

TEST(ServiceStateOfOneshot, TakesWhatWeSawOurselvesWhereTheJournalIsSilent) {
  World vacuumed = at_boot(rests({}));
  vacuumed.with(RecordKey{x},
                Record{.last_run = a_run(30min), .started_by_boot = {}, .cgroup_ids = {}});
  EXPECT_EQ(verdict(vacuumed), "pass");
  vacuumed.with(HistoryKey{x}, denied);
  EXPECT_EQ(verdict(vacuumed), "pass");
  World newer = rests(a_run(-20h));
  newer.with(
      RecordKey{x},
      Record{.last_run = a_run(yesterday, "signal"), .started_by_boot = {}, .cgroup_ids = {}});
  EXPECT_EQ(verdict(newer), "fail run_failed");
}

TEST(ServiceStateOfOneshot, AsksForTheRecordEvenIfTheJournalHasTheRun) {
  World world = rests(a_run(30min));
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_TRUE(world.asked_for(RecordKey{x})) << "what is not asked for is not kept";
}

TEST(ServiceStateOfOneshot, IsUnknownWithoutTheJournalWhereOnlyThatCouldTell) {
  World world = at_boot(rests({}));
  world.with(HistoryKey{x}, denied);
  EXPECT_EQ(verdict(world), "unknown permission");
  testing::with_exit(world, "success", 1, 0);
  EXPECT_EQ(verdict(world), "pass");
}

TEST(ServiceStateOfOneshot, StaysItsLastRunWhileItRuns) {
  World world = a_oneshot_in(activating, "start");
  world.with(HistoryKey{x}, a_history(a_run(5min)));
  EXPECT_EQ(verdict(world.at(100h)), "pass");
  world.with(HistoryKey{x}, a_history(a_run(5min, "exit-code")));
  EXPECT_EQ(verdict(world), "fail run_failed");
  world.with(HistoryKey{x}, a_history({}));
  EXPECT_EQ(verdict(world), "unknown running");
  EXPECT_EQ(verdict(remaining(activating, "start")), "unknown running");
}

TEST(ServiceStateOfOneshot, FailsWhenItRunsLongerThanItMay) {
  const Dict one_hour{{"max_runtime", Value{std::string("1h")}}};
  World world = a_oneshot_in(activating, "start").at(entered + 1h - 1us);
  world.with(HistoryKey{x}, a_history(a_run(5min)));
  EXPECT_EQ(verdict(world, one_hour), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{entered + 1h});
  EXPECT_EQ(verdict(world.at(entered + 1h), one_hour), "fail max_runtime");
}

TEST(ServiceStateOfOneshot, StaysAsGoodAsItWasJustBeforeAndAfterARun) {
  Unit unit = a_unit(x, inactive, "dead");
  unit.job = 7;
  unit.job_type = "start";
  unit.job_since = TimePoint{1h};
  World queued = rests(a_run(30min));
  queued.with(UnitKey{x}, unit);
  EXPECT_EQ(verdict(queued), "pass");
  EXPECT_EQ(verdict(queued.at(1h + 5min)), "fail job_timeout");
  World never = rests({});
  never.with(UnitKey{x}, unit);
  EXPECT_EQ(verdict(never), "unknown queued");
  World stopping = a_oneshot_in(deactivating, "stop-post").at(entered + 1s);
  stopping.with(HistoryKey{x}, a_history(a_run(5min)));
  EXPECT_EQ(verdict(stopping), "pass");
  EXPECT_EQ(verdict(stopping.at(entered + 30s)), "fail stop_timeout");
}

TEST(ServiceStateOfOneshot, FailsAStartThatWasRefusedInThisBoot) {
  World world = rests({});
  world.with(HistoryKey{x}, a_history(a_run(5min), a_refusal(30min, "dependency")));
  EXPECT_EQ(verdict(world), "fail dependency");
  world.with(HistoryKey{x}, a_history(a_run(31min), a_refusal(30min, "dependency")));
  EXPECT_EQ(verdict(world), "pass");
  world.with(HistoryKey{x}, a_history(a_run(-20h), a_refusal(yesterday, "dependency")));
  EXPECT_EQ(verdict(by_timer(std::move(world))), "pass");
}

TEST(ServiceStateOfOneshot, IsUpWhileItRemainsAndNothingElse) {
  EXPECT_EQ(verdict(remaining(active, "exited")), "pass");
  EXPECT_EQ(verdict(remaining(inactive, "dead")), "fail inactive");
  EXPECT_EQ(verdict(remaining(failed, "failed")), "fail failed");
}

TEST(ServiceStateOfOneshot, NeverFailsForWhatCouldNotBeSeen) {
  const std::vector<World (*)()> passing{[] { return at_boot(rests(a_run(30min))); },
                                         [] { return by_timer(rests(a_run(yesterday))); },
                                         [] { return at_boot(by_timer(rests(a_run(yesterday)))); },
                                         [] { return at_boot(rests(a_run(yesterday)), inactive); },
                                         [] { return remaining(active, "exited"); }};
  for (const auto& make : passing) {
    EXPECT_EQ(verdict(make()), "pass");
    for (std::size_t fact = 0; fact < make().given(); ++fact) {
      const std::string now = verdict(make().hide(fact));
      EXPECT_FALSE(now.starts_with("fail")) << "fact " << fact << ": " << now;
    }
  }
}

TEST(ServiceStateOfOneshot, CapturesNothingWhereItsLastRunWasGood) {
  EXPECT_EQ(rests(a_run(30min)).capture(service_state), Dict{});
  const auto make = [] { return rests(a_run(30min, "exit-code")); };
  EXPECT_EQ(verdict(make(), make().capture(service_state)), "pass");
  EXPECT_EQ(a_oneshot_in(failed, "failed").capture(service_state), Dict{});
}
}  // namespace
}  // namespace checklist::checks
