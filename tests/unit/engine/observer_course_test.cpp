// SPDX-License-Identifier: MIT
#include "engine/observer_course.hpp"

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

Now at(Duration since_start) {
  return {.moment = TimePoint{} + since_start, .wall = WallTime{} + since_start};
}

TEST(ObserverCourse, KnowsWhenSomethingWasSeenLast) {
  ObserverCourse course;
  EXPECT_EQ(course.last_success(), std::nullopt);
  course.told(true, at(1s));
  course.told(false, at(2s));
  EXPECT_EQ(course.last_success(), WallTime{} + 1s);
}

TEST(ObserverCourse, MeasuresFromALookToTheFirstAnswer) {
  ObserverCourse course;
  course.told(true, at(1s));
  EXPECT_EQ(course.duration(), std::nullopt);
  course.looks(at(2s).moment);
  course.told(false, at(2s + 30ms));
  course.told(true, at(9s));
  EXPECT_EQ(course.duration(), Duration{30ms});
}
}  // namespace
}  // namespace checklist::engine
