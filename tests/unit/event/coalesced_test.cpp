// SPDX-License-Identifier: MIT
#include "event/coalesced.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace checklist::event {
namespace {
using namespace std::chrono_literals;

class CoalescedTest : public ::testing::Test {
 protected:
  // Something is ready at every turn of the loop.
  void let_it_rain() { rain_.arm(); }

  Loop loop_;
  std::string order_;
  Source rain_ = loop_.deferred(Priority::io, [this] {
    order_ = "rain";
    rain_.arm();
  });
};

TEST_F(CoalescedTest, RunsOnceForAllThatIsReady) {
  Coalesced work(loop_, {.interval = 1s, .burst = 10, .max_delay = 10s},
                 [this] { order_ += "work"; });
  Source one = loop_.deferred(Priority::io, [&] {
    order_ += "one ";
    work.arm();
  });
  Source other = loop_.deferred(Priority::io, [&] {
    order_ += "other ";
    work.arm();
  });
  one.arm();
  other.arm();
  EXPECT_FALSE(loop_.run_until([] { return false; }, 30ms));
  EXPECT_EQ(order_, "one other work");
}

TEST_F(CoalescedTest, RunsAtMostAsOftenAsItsThrottleAllows) {
  int runs = 0;
  Coalesced work(loop_, {.interval = 200ms, .burst = 3, .max_delay = 10ms}, [&] {
    ++runs;
    work.arm();
  });
  work.arm();
  EXPECT_FALSE(loop_.run_until([] { return false; }, 100ms));
  EXPECT_EQ(runs, 3);
}

TEST_F(CoalescedTest, StartsAfterItsMaximumDelayUnderLoad) {
  int runs = 0;
  Coalesced work(loop_, {.interval = 1s, .burst = 100, .max_delay = 50ms}, [&] {
    ++runs;
    work.arm();
  });
  let_it_rain();
  work.arm();
  const TimePoint began = loop_.now();
  ASSERT_TRUE(loop_.run_until([&] { return runs == 1; }, 10s));
  EXPECT_GE(loop_.now() - began, 50ms);
  ASSERT_TRUE(loop_.run_until([&] { return runs == 2; }, 10s));
  EXPECT_GE(loop_.now() - began, 100ms) << "each run has its own maximum delay";
}

TEST_F(CoalescedTest, RestsAfterALongRun) {
  std::vector<TimePoint> began;
  Coalesced work(loop_, {.interval = 1s, .burst = 100, .max_delay = 10ms, .cooldown_factor = 3},
                 [&] {
                   began.push_back(loop_.now());
                   while (loop_.now() < began.back() + 20ms) {
                   }
                   work.arm();
                 });
  work.arm();
  ASSERT_TRUE(loop_.run_until([&] { return began.size() == 3; }, 10s));
  EXPECT_GE(began[1] - began[0], 80ms);
  EXPECT_GE(began[2] - began[1], 80ms);
}

TEST_F(CoalescedTest, RunsAtOnceAfterAPause) {
  int runs = 0;
  Coalesced work(loop_, {.interval = 1s, .burst = 100, .max_delay = 10s, .cooldown_factor = 3},
                 [&] { ++runs; });
  work.arm();
  ASSERT_TRUE(loop_.run_until([&] { return runs == 1; }, 5s));
  EXPECT_FALSE(loop_.run_until([] { return false; }, 20ms));
  work.arm();
  EXPECT_TRUE(loop_.run_until([&] { return runs == 2; }, 5s));
}
}  // namespace
}  // namespace checklist::event
