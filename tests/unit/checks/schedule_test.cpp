// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/graph.hpp"
#include "support/unit_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef schedule;

namespace {
using namespace std::chrono_literals;
using testing::a_run;
using testing::a_unit;
using testing::a_unit_in;
using testing::texts;
using testing::usec;
using testing::World;

const std::string timer = "x.timer";
const std::string scan = "x.service";

Value base(const std::string& name) {
  return Value{
      Values{Value{Values{Value{name}, Value{std::uint64_t{1}}, Value{std::uint64_t{1}}}}}};
}

void unit_property(World& world, const std::string& name, Value value) {
  world.with(PropertyKey{scan, name}, std::move(value));
}

// A weekly timer of a oneshot that succeeded in an earlier boot.
World a_timer_in(ActiveState active, const std::string& sub) {
  World world = a_unit_in(timer, active, sub);
  world.text("Unit", scan)
      .number("LastTriggerUSec", 0)
      .number("NextElapseUSecRealtime", UINT64_MAX)
      .number("NextElapseUSecMonotonic", UINT64_MAX)
      .number("LastTriggerUSecMonotonic", 0)
      .property("TimersMonotonic", Value{Values{}})
      .property("TimersCalendar", base("OnCalendar"))
      .with(UnitKey{scan}, a_unit(scan, ActiveState::inactive, "dead"))
      .with(HistoryKey{scan}, testing::a_history(a_run(-24h)))
      .with(RecordKey{scan}, Record{});
  unit_property(world, "Type", Value{std::string("oneshot")});
  unit_property(world, "Result", Value{std::string("success")});
  unit_property(world, "TriggeredBy", texts({timer}));
  for (const char* none : {"WantedBy", "RequiredBy", "UpheldBy", "Conditions"}) {
    unit_property(world, none, texts({}));
  }
  unit_property(world, "ConditionResult", Value{true});
  for (const char* never : {"ConditionTimestampMonotonic", "StateChangeTimestampMonotonic",
                            "ExecMainExitTimestampMonotonic"}) {
    unit_property(world, never, Value{std::uint64_t{0}});
  }
  for (const char* code : {"ExecMainCode", "ExecMainStatus"}) {
    unit_property(world, code, Value{std::int64_t{0}});
  }
  return world;
}

World a_timer() {
  return a_timer_in(ActiveState::active, "waiting");
}

World& with_record(World& world, std::optional<Duration> last, std::optional<Duration> seen) {
  Record record;
  record.last_trigger = last ? std::optional(TimePoint{*last}) : std::nullopt;
  record.first_seen = seen ? std::optional(TimePoint{*seen}) : std::nullopt;
  return world.with(RecordKey{timer}, record);
}

std::string verdict(World& world, const Dict& arguments = {}) {
  return testing::verdict(schedule, world, arguments);
}

const Dict weekly{{"max_age", Value{std::string("8d")}}};

TEST(Schedule, PassesWhileItWaitsAndWhileItsUnitRuns) {
  World waiting = a_timer();
  EXPECT_EQ(verdict(waiting), "pass");
  World running = a_timer_in(ActiveState::active, "running");
  EXPECT_EQ(verdict(running), "pass");
}

Value calendar(const std::string& event) {
  return Value{Values{
      Value{Values{Value{std::string("OnCalendar")}, Value{event}, Value{std::uint64_t{1}}}}}};
}

// A timer whose unit has not ended since it was triggered an hour after the boot.
World a_timer_of(ActiveState active, const std::string& sub, const std::string& type = "oneshot") {
  World world = a_timer_in(ActiveState::active, "running");
  world.with(UnitKey{scan}, a_unit(scan, active, sub))
      .number("LastTriggerUSecMonotonic", usec(1h))
      .property("TimersCalendar", calendar("*-*-* *:00:00"))
      .at(1h);
  unit_property(world, "Type", Value{type});
  unit_property(world, "InactiveExitTimestampMonotonic", Value{usec(1h)});
  unit_property(world, "RemainAfterExit", Value{false});
  unit_property(world, "StopWhenUnneeded", Value{false});
  for (const char* edge : {"ConflictedBy", "PartOf", "BindsTo", "StopPropagatedFrom"}) {
    unit_property(world, edge, texts({}));
  }
  return world;
}

TEST(Schedule, AUnitThatRemainsActiveIsNotTriggeredAgain) {
  World world = a_timer_of(ActiveState::active, "exited");
  EXPECT_EQ(verdict(world), "fail never_ends");
  unit_property(world, "ConflictedBy", texts({"stop.service"}));
  EXPECT_EQ(verdict(world), "pass") << "something may stop it in time";
  EXPECT_EQ(verdict(world.at(5h)), "fail never_ends") << "nothing did";
  world.with(PropertyKey{scan, "ConflictedBy"}, Unseen{"bus", "no answer", ""}).at(1h);
  EXPECT_EQ(verdict(world), "unknown bus");
}

TEST(Schedule, AUnitThatRemainsActiveAfterTheOneTriggerOfTheBootIsFine) {
  World world = a_timer_of(ActiveState::active, "exited");
  world.property("TimersCalendar", Value{Values{}}).property("TimersMonotonic", base("OnBootUSec"));
  EXPECT_EQ(verdict(world), "pass");
  world.property("TimersMonotonic", base("OnUnitInactiveUSec"));
  EXPECT_EQ(verdict(world), "fail never_ends");
}

TEST(Schedule, ATargetRemainsActiveToo) {
  World world = a_timer_of(ActiveState::active, "exited");
  world.text("Unit", "x.target")
      .with(UnitKey{"x.target"}, a_unit("x.target", ActiveState::active, "active"))
      .with(PropertyKey{"x.target", "StopWhenUnneeded"}, Value{false});
  for (const char* edge : {"ConflictedBy", "PartOf", "BindsTo", "StopPropagatedFrom"}) {
    world.with(PropertyKey{"x.target", edge}, texts({}));
  }
  EXPECT_EQ(verdict(world), "fail never_ends");
  world.with(PropertyKey{"x.target", "StopWhenUnneeded"}, Value{true});
  EXPECT_EQ(verdict(world), "pass");
}

TEST(Schedule, AOneshotThatOutlastsItsTimerHangs) {
  World world = a_timer_of(ActiveState::activating, "start");
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{4h}) << "three hours after its start";
  EXPECT_EQ(verdict(world.at(4h)), "fail hangs");
  world.number("RandomizedDelayUSec", usec(30min));
  EXPECT_EQ(verdict(world), "pass");
  world.property("TimersCalendar", calendar("*-*-* *:*:00/5")).at(1h + 30min + 49s);
  EXPECT_EQ(verdict(world), "pass") << "a run is longer than three times five seconds";
  EXPECT_EQ(verdict(world.at(1h + 30min + 50s)), "fail hangs");
}

TEST(Schedule, AServiceThatIsNoOneshotMayRunOn) {
  World world = a_timer_of(ActiveState::active, "running", "simple");
  EXPECT_EQ(verdict(world.at(100h)), "pass") << "the timer keeps it running";
}

TEST(Schedule, AStoppedTimerTriggersNothing) {
  World world = a_timer_in(ActiveState::inactive, "dead");
  EXPECT_EQ(verdict(world), "fail stopped");
}

TEST(Schedule, ACalendarThatNeverComesFails) {
  World world = a_timer_in(ActiveState::active, "elapsed");
  EXPECT_EQ(verdict(world), "fail elapsed");
}

TEST(Schedule, ATimerThatComesOnceABootMayBeElapsed) {
  World world = a_timer_in(ActiveState::active, "elapsed");
  world.property("TimersCalendar", Value{Values{}}).property("TimersMonotonic", base("OnBootUSec"));
  EXPECT_EQ(verdict(world), "fail elapsed");  // it did not trigger
  world.number("LastTriggerUSecMonotonic", usec(2min));
  EXPECT_EQ(verdict(world), "pass");
  world.property("TimersMonotonic", base("OnUnitActiveUSec"));
  EXPECT_EQ(verdict(world), "fail elapsed");
}

TEST(Schedule, IsSkippedWhereNothingIsLoaded) {
  World world = a_timer();
  world.with(UnitKey{timer}, a_unit(timer, ActiveState::inactive, "dead", LoadState::masked));
  EXPECT_EQ(verdict(world), "skip not_loaded");
}

TEST(Schedule, CountsFromTheLastTriggerOfAnyBoot) {
  World world = a_timer();
  with_record(world, -7 * 24h, {});
  EXPECT_EQ(verdict(world, weekly), "pass");
  EXPECT_EQ(world.wake_at(), TimePoint{24h});
  with_record(world, -9 * 24h, {});
  EXPECT_EQ(verdict(world, weekly), "fail overdue");
  world.number("LastTriggerUSecMonotonic", usec(10min));
  EXPECT_EQ(verdict(world, weekly), "pass");
}

TEST(Schedule, CountsFromWhenItWasFirstSeenWhereNoTriggerIsKnown) {
  World world = a_timer();
  with_record(world, {}, -7 * 24h);
  EXPECT_EQ(verdict(world, weekly), "pass");
  with_record(world, {}, -9 * 24h);
  EXPECT_EQ(verdict(world, weekly), "fail overdue");
}

TEST(Schedule, IsUnknownWithoutARecordOfWhenItWasFirstSeen) {
  World world = a_timer();
  with_record(world, {}, {});
  EXPECT_EQ(verdict(world, weekly), "unknown not_seen");
  EXPECT_EQ(verdict(world), "pass");
}

TEST(Schedule, TheLastRunOfItsUnitMustHaveSucceeded) {
  World world = a_timer();
  world.with(HistoryKey{scan}, testing::a_history(a_run(-24h, "exit-code")));
  EXPECT_EQ(verdict(world), "fail run_failed");
  world.with(UnitKey{scan}, a_unit(scan, ActiveState::failed, "failed"));
  EXPECT_EQ(verdict(world), "fail run_failed");
}

TEST(Schedule, ThatItsUnitHasNotRunYetIsAMatterOfAge) {
  World world = a_timer();
  world.with(HistoryKey{scan}, testing::a_history({}));
  EXPECT_EQ(verdict(world), "pass");
}

TEST(Schedule, AUnitThatIsGoneOrMaskedCannotBeTriggered) {
  for (const auto load : {LoadState::not_found, LoadState::masked}) {
    World world = a_timer();
    world.with(UnitKey{scan}, a_unit(scan, ActiveState::inactive, "dead", load));
    EXPECT_EQ(verdict(world), "fail no_unit");
  }
}

TEST(Schedule, AUnitThatGoesOnRunningMustNotHaveFailed) {
  World world = a_timer();
  unit_property(world, "Type", Value{std::string("simple")});
  world.with(UnitKey{scan}, a_unit(scan, ActiveState::active, "running"));
  EXPECT_EQ(verdict(world), "pass");
}

TEST(Schedule, IsUnknownWhereTheJournalCouldNotBeRead) {
  World world = a_timer();
  world.with(HistoryKey{scan}, Unseen{"permission", "no journal", ""});
  EXPECT_EQ(verdict(world), "unknown permission");
}
}  // namespace
}  // namespace checklist::checks
