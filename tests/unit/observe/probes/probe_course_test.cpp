// SPDX-License-Identifier: MIT
#include "observe/probes/probe_course.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr ProbePace pace{.timeout = 2s, .interval = 15s, .failures = 3};
constexpr TimePoint settled{100s};

TEST(ProbeCourse, DecidesOnASuccessAtOnceAndOnAFailureWhenEnoughCameInARow) {
  ProbeCourse course(pace, settled);
  EXPECT_FALSE(course.decides(false));
  EXPECT_FALSE(course.decides(false));
  EXPECT_TRUE(course.decides(true));
  EXPECT_FALSE(course.decides(false)) << "counted anew";
  EXPECT_FALSE(course.decides(false));
  EXPECT_TRUE(course.decides(false));
  EXPECT_TRUE(course.decides(false));
  EXPECT_TRUE(course.decides(true));
}

TEST(ProbeCourse, WaitsTheIntervalWithJitterWhileAllIsWell) {
  ProbeCourse course(pace, settled);
  (void)course.decides(true);
  EXPECT_EQ(course.pause(TimePoint{0s}, 0), 15s);
  EXPECT_EQ(course.pause(TimePoint{0s}, 1), 16500ms);
  EXPECT_EQ(course.pause(TimePoint{0s}, -1), 13500ms);
}

TEST(ProbeCourse, TriesAgainSoonWhileTheServiceSettles) {
  ProbeCourse course(pace, settled);
  for (const Duration expected : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
    (void)course.decides(false);
    EXPECT_EQ(course.pause(TimePoint{99s}, 1), expected);
  }
}

TEST(ProbeCourse, TriesAgainSoonerThanUsualWhenSomethingWentWrong) {
  ProbeCourse course(pace, settled);
  (void)course.decides(false);
  EXPECT_EQ(course.pause(settled, 0), 3s);
  ProbeCourse quick({.timeout = 1s, .interval = 2s, .failures = 1}, settled);
  (void)quick.decides(false);
  EXPECT_EQ(quick.pause(settled, 0), 1s);
}
}  // namespace
}  // namespace checklist::observe
