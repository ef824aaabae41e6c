// SPDX-License-Identifier: MIT
#include "event/background.hpp"

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace checklist::event {
namespace {
using namespace std::chrono_literals;

class BackgroundTest : public ::testing::Test {
 protected:
  // Never runs out of other work.
  void keep_busy() { busy_.arm(); }

  Loop loop_;
  int served_ = 0;
  int others_ = 0;
  Background background_{loop_, Fd(::eventfd(1, EFD_CLOEXEC)), EPOLLIN,
                         [this](std::uint32_t) { ++served_; }};
  Source busy_ = loop_.deferred(Priority::evaluation, [this] {
    ++others_;
    busy_.arm();
  });
};

TEST_F(BackgroundTest, IsServedWhenNothingElseIsToDo) {
  EXPECT_TRUE(loop_.run_until([this] { return served_ == 3; }, 10s));
}

TEST_F(BackgroundTest, IsServedAfterOthersButNotNever) {
  keep_busy();
  const TimePoint began = loop_.now();
  ASSERT_TRUE(loop_.run_until([this] { return served_ == 3; }, 10s));
  EXPECT_GE(loop_.now() - began, 3 * 10ms);
  EXPECT_GT(others_, 3);
}

TEST_F(BackgroundTest, WaitsForNothing) {
  background_.wait_for(0);
  keep_busy();
  EXPECT_FALSE(loop_.run_until([this] { return served_ > 0; }, 100ms));
}

TEST_F(BackgroundTest, IsServedOnceWhenArmed) {
  background_.wait_for(0);
  background_.arm();
  ASSERT_TRUE(loop_.run_until([this] { return served_ == 1; }, 10s));
  keep_busy();
  background_.arm();
  ASSERT_TRUE(loop_.run_until([this] { return served_ == 2; }, 10s));
  EXPECT_FALSE(loop_.run_until([this] { return served_ > 2; }, 100ms));
}
}  // namespace
}  // namespace checklist::event
