// SPDX-License-Identifier: MIT
#include "observe/own/wall_clock_observer.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(WallClockObserver, TellsTheWallTimeOfTheMonotonicClocksBeginning) {
  event::Loop loop;
  Observed<WallTime> fact;
  int puts = 0;
  WallClockObserver observer(loop, [&](const WallClockKey&, Observed<WallTime> seen) {
    fact = seen;
    ++puts;
  });
  observer.look_again();
  EXPECT_EQ(puts, 0);
  observer.follow({{}});
  ASSERT_TRUE(fact);
  const auto now = *fact + std::chrono::duration_cast<Duration>(loop.now().time_since_epoch());
  EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - now), 1s);
}

TEST(WallClockObserver, SaysTheSameWhileNobodySetsTheClock) {
  event::Loop loop;
  std::vector<WallTime> seen;
  WallClockObserver observer(
      loop, [&](const WallClockKey&, const Observed<WallTime>& fact) { seen.push_back(*fact); });
  observer.follow({{}});
  for (int i = 0; i < 100; ++i) {
    observer.look_again();
  }
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 1U);
}
}  // namespace
}  // namespace checklist::observe
