// SPDX-License-Identifier: MIT
#include "semantics/time/deadline.hpp"

#include <cstdlib>
#include <ctime>

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;
constexpr WallTime now{1700000000s};

TEST(Until, IsASpanFromNow) {
  EXPECT_EQ(parse_deadline("3d", now), now + 72h);
  EXPECT_EQ(parse_deadline("1h 30min", now), now + 90min);
}

TEST(Until, IsAMomentOfRfc3339) {
  EXPECT_EQ(parse_deadline("2023-11-14T22:13:20Z", now), now);
  EXPECT_EQ(parse_deadline("2023-11-14T23:13:20.75+01:00", now), now);
  EXPECT_EQ(parse_deadline("2023-11-14 17:13:20-05:00", now), now);
}

TEST(Until, IsTheBeginningOfADayHere) {
  ::setenv("TZ", "UTC-2", 1);  // two hours east
  ::tzset();
  EXPECT_EQ(parse_deadline("2023-11-15", now), WallTime{1700000000s + 6400s - 2h});
  ::unsetenv("TZ");
  ::tzset();
}

TEST(Until, IsNothingElse) {
  for (const char* text :
       {"", "soon", "infinity", "2023-13-01", "2023-02-30", "2023-11-14T24:00:00Z",
        "2023-11-14T22:13:20", "2023-11-14T22:13:20+25:00", "14.11.2023"}) {
    EXPECT_EQ(parse_deadline(text, now), std::nullopt) << text;
  }
}
}  // namespace
}  // namespace checklist::semantics
