// SPDX-License-Identifier: MIT
#include "config/web/duration.hpp"

#include <gmock/gmock.h>

namespace checklist::config {
namespace {
using namespace std::chrono_literals;

TEST(GoDuration, ReadsNumbersWithUnits) {
  EXPECT_EQ(parse_go_duration("1s"), 1s);
  EXPECT_EQ(parse_go_duration("1m30s"), 90s);
  EXPECT_EQ(parse_go_duration("1.5h"), 90min);
  EXPECT_EQ(parse_go_duration(".5s"), 500ms);
  EXPECT_EQ(parse_go_duration("250ms"), 250ms);
  EXPECT_EQ(parse_go_duration("7us"), 7us);
  EXPECT_EQ(parse_go_duration("7µs"), 7us);
  EXPECT_EQ(parse_go_duration("7ns"), 7ns);
  EXPECT_EQ(parse_go_duration("+1s"), 1s);
  EXPECT_EQ(parse_go_duration("-1s"), -1s);
  EXPECT_EQ(parse_go_duration("0"), 0s);
}

TEST(GoDuration, RefusesTheRest) {
  for (const char* bad : {"", "1", "s", "1d", "1 s", "s1", "1s1", "--1s", "-", "1e3s", "inf", "nan",
                          "infs", "1s-1s", "3000000h"}) {
    EXPECT_FALSE(parse_go_duration(bad)) << bad;
  }
}
}  // namespace
}  // namespace checklist::config
