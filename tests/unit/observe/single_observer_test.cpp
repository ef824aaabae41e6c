// SPDX-License-Identifier: MIT
#include "observe/single_observer.hpp"

#include <gtest/gtest.h>

#include "checklist/facts/clock.hpp"

namespace checklist::observe {
namespace {
class Counter : public SingleObserver<WallClockKey> {
 public:
  explicit Counter(int& puts) : SingleObserver([&puts](auto, auto) { ++puts; }) {}

  int watches = 0;

 private:
  Observed<WallTime> look() override { return WallTime{}; }

  void watch() override { ++watches; }

  void unwatch() override { --watches; }
};

class SingleObserverTest : public ::testing::Test {
 protected:
  int puts_ = 0;
  Counter observer_{puts_};
};

TEST_F(SingleObserverTest, IsSilentUntilItIsFollowed) {
  observer_.look_again();
  EXPECT_EQ(puts_, 0);
  observer_.follow({WallClockKey{}});
  EXPECT_EQ(puts_, 1);
  observer_.look_again();
  EXPECT_EQ(puts_, 2);
}

TEST_F(SingleObserverTest, StartsToWatchOnceHoweverOftenItIsFollowed) {
  observer_.follow({WallClockKey{}});
  observer_.follow({WallClockKey{}});
  EXPECT_EQ(observer_.watches, 1);
  EXPECT_EQ(puts_, 1);
}

TEST_F(SingleObserverTest, IsSilentAgainWhenItIsNoLongerFollowed) {
  observer_.follow({});
  EXPECT_EQ(observer_.watches, 0);
  observer_.follow({WallClockKey{}});
  observer_.follow({});
  observer_.look_again();
  EXPECT_EQ(observer_.watches, 0);
  EXPECT_EQ(puts_, 1);
}
}  // namespace
}  // namespace checklist::observe
