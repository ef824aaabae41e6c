// SPDX-License-Identifier: MIT
#include "http/token_bucket.hpp"

#include <gmock/gmock.h>

namespace checklist::http {
namespace {
using namespace std::chrono_literals;

class TokenBucketTest : public ::testing::Test {
 protected:
  int taken(int tries) {
    int out = 0;
    for (int i = 0; i < tries; ++i) {
      out += bucket_.take(now_) ? 1 : 0;
    }
    return out;
  }

  TokenBucket bucket_;
  TimePoint now_{1000s};
};

TEST_F(TokenBucketTest, HasNoLimitWithoutAnInterval) {
  EXPECT_EQ(taken(1000), 1000);
  bucket_.limit({.interval = -1s, .burst = 0});
  EXPECT_EQ(taken(1000), 1000);
}

TEST_F(TokenBucketTest, HoldsABurst) {
  bucket_.limit({.interval = 1s, .burst = 20});
  EXPECT_EQ(taken(100), 20);
}

TEST_F(TokenBucketTest, GainsATokenEachInterval) {
  bucket_.limit({.interval = 1s, .burst = 20});
  EXPECT_EQ(taken(20), 20);
  now_ += 999ms;
  EXPECT_EQ(taken(1), 0);
  now_ += 1ms;
  EXPECT_EQ(taken(2), 1);
  now_ += 3s;
  EXPECT_EQ(taken(10), 3);
  now_ += 1h;
  EXPECT_EQ(taken(100), 20);
}

TEST_F(TokenBucketTest, WithoutABurstNothingPasses) {
  bucket_.limit({.interval = 1s, .burst = 0});
  EXPECT_EQ(taken(1), 0);
  now_ += 1h;
  EXPECT_EQ(taken(1), 0);
}

TEST_F(TokenBucketTest, KeepsItsStateUnlessTheLimitChanges) {
  bucket_.limit({.interval = 1s, .burst = 1});
  EXPECT_EQ(taken(1), 1);
  bucket_.limit({.interval = 1s, .burst = 1});
  EXPECT_EQ(taken(1), 0);
  bucket_.limit({.interval = 1s, .burst = 2});
  EXPECT_EQ(taken(9), 2);
}
}  // namespace
}  // namespace checklist::http
