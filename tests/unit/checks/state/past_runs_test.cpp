// SPDX-License-Identifier: MIT
#include "checks/state/past_runs.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_condition;
using testing::a_history;
using testing::a_refusal;
using testing::a_run;
using testing::a_service_in;
using testing::a_unit;
using testing::a_world;
using testing::usec;
using testing::World;

const HistoryKey history{"x.service"};

World idle() {
  return a_service_in(ActiveState::inactive, "dead");
}

PastRuns past(World& world) {
  View see = world.view();
  return past_runs(see);
}

World skipped(Values conditions) {
  return idle()
      .property("ConditionResult", Value{false})
      .number("ConditionTimestampMonotonic", usec(30min))
      .property("Conditions", Value{std::move(conditions)});
}

TEST(PastRuns, IsEmptyOfAUnitThatNeverRan) {
  World world = idle();
  EXPECT_FALSE(past(world).run);
  EXPECT_FALSE(past(world).refusal);
  EXPECT_FALSE(past(world).no_history);
}

TEST(PastRuns, TakesTheNewerOfPropertiesAndHistory) {
  World world = idle();
  testing::with_exit(world, "exit-code", 1, 3, 20min);
  world.with(history, a_history(a_run(10min)));
  EXPECT_EQ(past(world).run->result, "exit-code");
  world.with(history, a_history(a_run(20min + 200us)));  // journalled a little later
  EXPECT_EQ(past(world).run->result, "success");
}

TEST(PastRuns, AsksForTheHistoryOfTheCanonicalUnit) {
  World world = a_world("sshd.service");
  world.with(UnitKey{"sshd.service"}, a_unit("ssh.service", ActiveState::inactive, "dead"))
      .with(HistoryKey{"ssh.service"}, a_history(a_run(5min)));
  EXPECT_TRUE(past(world).run);
}

TEST(PastRuns, SaysWhyTheHistoryCannotBeSeen) {
  World world = idle();
  world.with(history, Unseen{"permission", "no access to the journal", "join systemd-journal"});
  ASSERT_TRUE(past(world).no_history);
  EXPECT_EQ(past(world).no_history->reason, "permission");
}

TEST(PastRuns, ForgetsARefusalOnceTheUnitStartedOrRan) {
  World world = idle();
  const auto refusal = a_refusal(20min, "dependency");
  world.with(history, a_history({}, refusal));
  EXPECT_EQ(past(world).refusal, refusal);
  world.with(history, a_history({}, refusal, TimePoint{30min}));
  EXPECT_FALSE(past(world).refusal);
  world.with(history, a_history(a_run(30min), refusal));
  EXPECT_FALSE(past(world).refusal);
  world.with(history, a_history(a_run(10min), refusal));
  EXPECT_EQ(past(world).refusal, refusal);
}

TEST(PastRuns, SeesASkippedStartInThePropertiesBeforeTheJournalTells) {
  World world = skipped({a_condition("ConditionPathExists", false, true, "/run/x", -1)});
  ASSERT_TRUE(past(world).refusal);
  EXPECT_EQ(past(world).refusal->result, "condition");
  EXPECT_EQ(past(world).unmet, "ConditionPathExists=!/run/x");
}

TEST(PastRuns, TakesNoConditionForFailedThatWasNeverChecked) {
  World world = skipped({});
  world.number("ConditionTimestampMonotonic", 0);
  EXPECT_FALSE(past(world).refusal);
}

TEST(PastRuns, NamesTheUnmetConditionRatherThanAnAlternative) {
  World both = skipped({a_condition("ConditionPathExists", true, false, "/a", -1),
                        a_condition("ConditionUser", false, false, "root", -1),
                        a_condition("ConditionHost", false, false, "x", 1)});
  EXPECT_EQ(past(both).unmet, "ConditionUser=root");
  World alternatives = skipped({a_condition("ConditionPathExists", true, false, "/a", -1),
                                a_condition("ConditionPathExists", true, false, "/b", -1)});
  EXPECT_EQ(past(alternatives).unmet, "ConditionPathExists=/a");
}

TEST(PastRuns, ReadsTheUnmetConditionFromTheMessageOfAnUnloadedUnit) {
  const std::string skip = "x was skipped because of an unmet condition check ";
  const std::vector<std::pair<std::string, std::string>> messages{
      {skip + "(ConditionPathExists=/run/x).", "ConditionPathExists=/run/x"},
      {skip + "(ConditionPathExists=/a(b)).", "ConditionPathExists=/a(b)"},
      {"x skipped, unmet condition check ConditionPathExists=/run/x", "ConditionPathExists=/run/x"},
      {"x was skipped because no trigger condition checks were met.", ""},
      {"(ConditionX", ""},
      {"", ""}};
  for (const auto& [message, unmet] : messages) {
    World world = idle();
    world.with(history, a_history({}, a_refusal(20min, "condition", message)));
    EXPECT_EQ(past(world).unmet, unmet) << message;
  }
}

TEST(PastRuns, TakesAnExecConditionForAConditionAndForNoRun) {
  World from_journal = idle();
  from_journal.with(history, a_history(a_run(20min, "exec-condition")));
  World from_properties = idle();
  from_properties.text("Result", "exec-condition")
      .number("StateChangeTimestampMonotonic", usec(20min))
      .with(history, a_history(a_run(10min)));
  for (World* world : {&from_journal, &from_properties}) {
    ASSERT_TRUE(past(*world).refusal);
    EXPECT_EQ(past(*world).refusal->result, "condition");
  }
  EXPECT_EQ(past(from_properties).unmet, "ExecCondition=");
  EXPECT_EQ(past(from_properties).run->result, "success");
  EXPECT_FALSE(past(from_journal).run);
}

TEST(PastRuns, CountsARefusalOfThisBootUnlessItsJobWasCancelled) {
  const auto is = [](Duration at, const std::string& result) {
    return is_refused(
        {.run = {}, .refusal = a_refusal(at, result), .unmet = {}, .no_history = std::nullopt});
  };
  EXPECT_TRUE(is(1min, "dependency"));
  EXPECT_TRUE(is(1min, "condition"));
  EXPECT_FALSE(is(1min, "canceled"));
  EXPECT_FALSE(is(-1min, "dependency"));
  EXPECT_FALSE(is_refused({}));
}
}  // namespace
}  // namespace checklist::checks
