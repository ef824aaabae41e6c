// SPDX-License-Identifier: MIT
#include "semantics/time/boot.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;

const Boot boot{.id = "b", .began = TimePoint{0s}, .epoch = WallTime{1'000'000s}};

TEST(Boot, EarlierBootsLieBeforeItInTheirOrder) {
  EXPECT_EQ(before_boot(WallTime{999'000s}, boot), TimePoint{-1000s});
  EXPECT_LT(before_boot(WallTime{998'000s}, boot), before_boot(WallTime{999'000s}, boot));
}

TEST(Boot, AClockThatWasAheadDoesNotReachIntoIt) {
  EXPECT_LT(before_boot(WallTime{2'000'000s}, boot), boot.began);
}

TEST(Boot, AContainersBootBeganLater) {
  Boot later = boot;
  later.began = TimePoint{500s};
  EXPECT_EQ(before_boot(WallTime{1'000'400s}, later), TimePoint{400s});
  EXPECT_LT(before_boot(WallTime{1'000'600s}, later), later.began);
}

TEST(Boot, WallTimeAndBack) {
  EXPECT_EQ(wall_time(TimePoint{-5s}, boot), WallTime{999'995s});
  EXPECT_EQ(before_boot(wall_time(TimePoint{-5s}, boot), boot), TimePoint{-5s});
}
}  // namespace
}  // namespace checklist::semantics
