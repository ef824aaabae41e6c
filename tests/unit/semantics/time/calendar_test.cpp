// SPDX-License-Identifier: MIT
#include "semantics/time/calendar.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;

TEST(LongestPause, IsThatBetweenTwoElapsesOfACalendarEvent) {
  const std::vector<std::pair<const char*, Duration>> table{
      {"*-*-* *:*:00/5", 5s},
      {"*-*-* *:*:*", 1s},
      {"*-*-* *:*:00.500000/0.250000", 1s},
      {"*-*-* *:*:00", 1min},
      {"*-*-* *:00/5:00", 5min},
      {"*-*-* *:00/7:00 UTC", 7min},
      {"*-*-* *:05,10,40:00", 30min},
      {"*-*-* *:00:00", 1h},
      {"*-*-* 08..18:00:00", 14h},
      {"*-*-* 08..18:00/15:00", 13h + 15min},
      {"*-*-* 00,12:30:00", 12h},
      {"*-*-* 00:00:00", 24h},
      {"Mon *-*-* 00:00:00", 7 * 24h},
      {"Mon..Fri *-*-* 08:00:00 Europe/Berlin", 3 * 24h},
      {"Tue,Sat *-*-* 08:00:00", 4 * 24h},
      {"*-*-01 04:00:00", 31 * 24h},
      {"*-*-01,15 04:00:00", 17 * 24h},
      {"*-01,07-01 00:00:00", 6 * 31 * 24h}};
  for (const auto& [event, expected] : table) {
    const auto found = longest_pause(event);
    ASSERT_TRUE(found) << event;
    EXPECT_EQ(*found, expected) << event;
  }
}

TEST(LongestPause, IsNotKnownWhereTheEventEndsOrIsNotUnderstood) {
  for (const char* event :
       {"2026-01-01 00:00:00", "*-*~01 00:00:00", "Fri *-*-13 00:00:00", "*-*-* 00:00", "*-*-*",
        "Mon", "", "*-*-32 00:00:00", "*-*-* 25:00:00", "*-*-* x:00:00", "*-*-* 5..1:00:00"}) {
    EXPECT_FALSE(longest_pause(event)) << event;
  }
}
}  // namespace
}  // namespace checklist::semantics
