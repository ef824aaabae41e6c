// SPDX-License-Identifier: MIT
#include "observe/own/record_observer.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using testing::a_unit;

constexpr auto x = "x.service";

semantics::Boot a_boot(const std::string& id) {
  return {.id = id, .began = TimePoint{}, .epoch = WallTime{1'700'000'000s}};
}

Run a_run(Duration ended, const std::string& result) {
  return {.ended = TimePoint{ended},
          .this_boot = true,
          .result = result,
          .exit_code = {},
          .exit_status = {}};
}

class RecordObserverTest : public ::testing::Test {
 protected:
  RecordObserverTest() { observer_.follow({{x}}); }

  void system_is(SystemState state) { observer_.saw(SystemStateKey{}, state); }

  void unit_is(ActiveState state) { observer_.saw(UnitKey{x}, a_unit(x, state, "")); }

  void history_is(std::optional<TimePoint> started, std::optional<checklist::Run> run = {}) {
    observer_.saw(HistoryKey{x}, History{.last_run = std::move(run),
                                         .last_started = started,
                                         .last_refusal = {},
                                         .restarts = {}});
  }

  void cgroup_is(std::uint64_t id) { observer_.saw(PropertyKey{x, "ControlGroupId"}, Value{id}); }

  void triggered_at(std::chrono::seconds wall) {
    const auto usec = std::chrono::duration_cast<Duration>(wall).count();
    observer_.saw(PropertyKey{x, "LastTriggerUSec"}, Value{static_cast<std::uint64_t>(usec)});
  }

  // Another process takes over, in that boot.
  Record taken_over_in(const std::string& boot) {
    Record out;
    RecordObserver next(
        loop_, [&out](const RecordKey&, const Observed<Record>& record) { out = *record; },
        a_boot(boot));
    next.restore("this", observer_.kept());
    next.follow({{x}});
    return out;
  }

  event::Loop loop_;
  Record record_;
  RecordObserver observer_{
      loop_, [this](const RecordKey&, const Observed<Record>& record) { record_ = *record; },
      a_boot("this")};
};

TEST_F(RecordObserverTest, ABootThatWasNotSeenIsNotRecorded) {
  unit_is(ActiveState::active);
  system_is(SystemState::running);
  unit_is(ActiveState::inactive);
  unit_is(ActiveState::active);
  EXPECT_EQ(record_.started_by_boot, std::nullopt);
}

TEST_F(RecordObserverTest, WhatIsUpWhileTheSystemStartsWasStartedByTheBoot) {
  unit_is(ActiveState::active);
  EXPECT_EQ(record_.started_by_boot, std::nullopt);
  system_is(SystemState::starting);
  EXPECT_EQ(record_.started_by_boot, true);
}

TEST_F(RecordObserverTest, WhatComesUpAfterTheBootWasNot) {
  system_is(SystemState::starting);
  unit_is(ActiveState::inactive);
  system_is(SystemState::degraded);
  EXPECT_EQ(record_.started_by_boot, false);
  unit_is(ActiveState::active);
  EXPECT_EQ(record_.started_by_boot, false);
}

TEST_F(RecordObserverTest, AShutdownDuringTheBootSaysNothing) {
  system_is(SystemState::starting);
  unit_is(ActiveState::inactive);
  system_is(SystemState::stopping);
  EXPECT_EQ(record_.started_by_boot, std::nullopt);
}

TEST_F(RecordObserverTest, AOneshotsStartIsToldByItsHistoryMaybeLate) {
  system_is(SystemState::starting);
  unit_is(ActiveState::activating);
  unit_is(ActiveState::inactive);
  const TimePoint started = loop_.now();
  system_is(SystemState::running);
  EXPECT_EQ(record_.started_by_boot, std::nullopt);
  history_is(started);
  EXPECT_EQ(record_.started_by_boot, true);
}

TEST_F(RecordObserverTest, AHistoryMayBeKnownBeforeTheSystemsState) {
  unit_is(ActiveState::inactive);
  history_is(loop_.now());
  EXPECT_EQ(record_.started_by_boot, std::nullopt);
  system_is(SystemState::starting);
  EXPECT_EQ(record_.started_by_boot, true);
}

TEST_F(RecordObserverTest, AOneshotThatRanBeforeOrAfterTheBootWasNotStartedByIt) {
  system_is(SystemState::starting);
  unit_is(ActiveState::inactive);
  history_is(TimePoint{-10s});
  system_is(SystemState::running);
  history_is(loop_.now() + 1s);
  EXPECT_EQ(record_.started_by_boot, false);
}

TEST_F(RecordObserverTest, KeepsTheLastRunWhenTheHistoryForgetsIt) {
  history_is(std::nullopt, a_run(5s, "exit-code"));
  history_is(std::nullopt);
  ASSERT_TRUE(record_.last_run);
  EXPECT_EQ(record_.last_run->result, "exit-code");
  history_is(std::nullopt, a_run(4s, "success"));
  EXPECT_EQ(record_.last_run->result, "exit-code");
  history_is(std::nullopt, a_run(6s, "success"));
  EXPECT_EQ(record_.last_run->result, "success");
}

TEST_F(RecordObserverTest, AnAliasHasTheRecordOfItsUnit) {
  Record alias;
  RecordObserver observer(
      loop_, [&alias](const RecordKey&, const Observed<Record>& record) { alias = *record; },
      a_boot("this"));
  observer.follow({{"alias.service"}});
  observer.saw(UnitKey{"alias.service"}, a_unit(x, ActiveState::inactive, "dead"));
  observer.saw(HistoryKey{x}, History{.last_run = a_run(5s, "success"),
                                      .last_started = {},
                                      .last_refusal = {},
                                      .restarts = {}});
  ASSERT_TRUE(alias.last_run);
  EXPECT_EQ(alias.last_run->result, "success");
}

TEST_F(RecordObserverTest, KeepsTheNewestCgroupsOnly) {
  cgroup_is(0);
  observer_.saw(PropertyKey{x, "MainPID"}, Value{std::uint64_t{4}});
  EXPECT_TRUE(record_.cgroup_ids.empty());
  for (std::uint64_t id = 1; id <= 100; ++id) {
    cgroup_is(id);
  }
  EXPECT_EQ(record_.cgroup_ids.size(), 64U);
  EXPECT_EQ(*record_.cgroup_ids.begin(), 37U);
}

TEST_F(RecordObserverTest, KeepsTheLastTriggerWhenTheTimerForgetsIt) {
  triggered_at(1'700'000'000s - 10min);
  ASSERT_TRUE(record_.last_trigger);
  EXPECT_EQ(*record_.last_trigger, TimePoint{-10min});
  observer_.saw(PropertyKey{x, "LastTriggerUSec"}, Value{std::uint64_t{0}});
  triggered_at(1'700'000'000s - 20min);
  EXPECT_EQ(*record_.last_trigger, TimePoint{-10min});
}

TEST_F(RecordObserverTest, ATriggerToldByAClockThatWasAheadIsOverByNow) {
  triggered_at(1'900'000'000s);
  ASSERT_TRUE(record_.last_trigger);
  EXPECT_LE(*record_.last_trigger, loop_.now());
}

TEST_F(RecordObserverTest, OnlyAProcessThatStaysSeesAUnitForTheFirstTime) {
  EXPECT_EQ(record_.first_seen, std::nullopt);
  observer_.begin();
  observer_.follow({});
  observer_.follow({{x}});
  ASSERT_TRUE(record_.first_seen);
  const TimePoint first = *record_.first_seen;
  observer_.follow({});
  observer_.follow({{x}});
  EXPECT_EQ(record_.first_seen, first);
}

TEST_F(RecordObserverTest, TheNextProcessOfTheSameBootKnowsItAll) {
  observer_.begin();
  observer_.follow({});
  observer_.follow({{x}});
  triggered_at(1'700'000'000s - 10min);
  system_is(SystemState::starting);
  unit_is(ActiveState::active);
  cgroup_is(7);
  history_is(std::nullopt, a_run(5s, "signal"));
  EXPECT_EQ(taken_over_in("this"), record_);
}

TEST_F(RecordObserverTest, AnotherBootKnowsTheLastRunAndTrigger) {
  system_is(SystemState::starting);
  unit_is(ActiveState::active);
  cgroup_is(7);
  history_is(std::nullopt, a_run(5s, "signal"));
  triggered_at(1'700'000'000s - 10min);
  const Record next = taken_over_in("next");
  EXPECT_EQ(next.last_trigger, TimePoint{-10min});
  EXPECT_EQ(next.started_by_boot, std::nullopt);
  EXPECT_TRUE(next.cgroup_ids.empty());
  ASSERT_TRUE(next.last_run);
  EXPECT_EQ(next.last_run->result, "signal");
  EXPECT_FALSE(next.last_run->this_boot);
  EXPECT_LT(next.last_run->ended, TimePoint{});
}
}  // namespace
}  // namespace checklist::observe
