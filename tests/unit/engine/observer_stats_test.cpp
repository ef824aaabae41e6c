// SPDX-License-Identifier: MIT
#include "engine/observer_stats.hpp"

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

Now at(Duration since_start) {
  return {.moment = TimePoint{} + since_start, .wall = WallTime{} + since_start};
}

TEST(ObserverStats, KnowsWhenSomethingWasSeenLast) {
  ObserverStats course;
  EXPECT_EQ(course.last_success(), std::nullopt);
  course.answered(true, at(1s));
  course.answered(false, at(2s));
  EXPECT_EQ(course.last_success(), WallTime{} + 1s);
}

TEST(ObserverStats, MeasuresFromALookToTheFirstAnswer) {
  ObserverStats course;
  course.answered(true, at(1s));
  EXPECT_EQ(course.duration(), std::nullopt);
  course.started(at(2s).moment);
  course.answered(false, at(2s + 30ms));
  course.answered(true, at(9s));
  EXPECT_EQ(course.duration(), Duration{30ms});
}
}  // namespace
}  // namespace checklist::engine
