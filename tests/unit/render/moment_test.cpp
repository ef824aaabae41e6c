// SPDX-License-Identifier: MIT
#include "render/moment.hpp"

#include <gtest/gtest.h>

namespace checklist::render {
namespace {
using namespace std::chrono_literals;

TEST(Moment, IsToldInUtcAndToTheSecond) {
  EXPECT_EQ(moment(WallTime{}), "1970-01-01 00:00:00 UTC");
  EXPECT_EQ(moment(WallTime{1'700'000'000s + 999ms}), "2023-11-14 22:13:20 UTC");
  EXPECT_EQ(formatted(WallTime{1'700'000'000s}, "%Y-%m-%dT%H:%M:%SZ"), "2023-11-14T22:13:20Z");
}

TEST(Moment, OfTheFarFutureIsToldToo) {
  EXPECT_EQ(moment(WallTime{253'402'300'799s}), "9999-12-31 23:59:59 UTC");
}
}  // namespace
}  // namespace checklist::render
