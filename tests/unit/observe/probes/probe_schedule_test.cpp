// SPDX-License-Identifier: MIT
#include "observe/probes/probe_schedule.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr ProbePace pace{.timeout = 2s, .interval = 15s, .failures = 3};
constexpr TimePoint settled{100s};

TEST(ProbeSchedule, DecidesOnASuccessAtOnceAndOnAFailureWhenEnoughCameInARow) {
  ProbeSchedule schedule(pace, settled);
  EXPECT_FALSE(schedule.is_conclusive(false));
  EXPECT_FALSE(schedule.is_conclusive(false));
  EXPECT_TRUE(schedule.is_conclusive(true));
  EXPECT_FALSE(schedule.is_conclusive(false)) << "counted anew";
  EXPECT_FALSE(schedule.is_conclusive(false));
  EXPECT_TRUE(schedule.is_conclusive(false));
  EXPECT_TRUE(schedule.is_conclusive(false));
  EXPECT_TRUE(schedule.is_conclusive(true));
}

TEST(ProbeSchedule, WaitsTheIntervalWithJitterWhileAllIsWell) {
  ProbeSchedule schedule(pace, settled);
  (void)schedule.is_conclusive(true);
  EXPECT_EQ(schedule.pause(TimePoint{0s}, 0), 15s);
  EXPECT_EQ(schedule.pause(TimePoint{0s}, 1), 16500ms);
  EXPECT_EQ(schedule.pause(TimePoint{0s}, -1), 13500ms);
}

TEST(ProbeSchedule, TriesAgainSoonWhileTheServiceSettles) {
  ProbeSchedule schedule(pace, settled);
  for (const Duration expected : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
    (void)schedule.is_conclusive(false);
    EXPECT_EQ(schedule.pause(TimePoint{99s}, 1), expected);
  }
}

TEST(ProbeSchedule, TriesAgainSoonerThanUsualWhenSomethingWentWrong) {
  ProbeSchedule schedule(pace, settled);
  (void)schedule.is_conclusive(false);
  EXPECT_EQ(schedule.pause(settled, 0), 3s);
  ProbeSchedule quick({.timeout = 1s, .interval = 2s, .failures = 1}, settled);
  (void)quick.is_conclusive(false);
  EXPECT_EQ(quick.pause(settled, 0), 1s);
}
}  // namespace
}  // namespace checklist::observe
