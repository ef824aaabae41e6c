// SPDX-License-Identifier: MIT
#include "parse/history.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
using namespace std::chrono_literals;

class HistoryTest : public ::testing::Test {
 protected:
  void happens(TimePoint at, UnitEvent event, std::optional<ProcessExit> exit = {}) {
    add(history_, {.event = std::move(event), .at = at, .this_boot = true, .exit = exit});
  }

  static TimePoint at(Duration since) { return TimePoint{since}; }

  History history_;
};

TEST_F(HistoryTest, ARunThatEndedBadlyTellsHow) {
  happens(at(1s), StartDone{});
  happens(at(2s), RunEnded{"signal"}, ProcessExit{"killed", "KILL"});
  EXPECT_EQ(history_.last_started, at(1s));
  EXPECT_EQ(
      history_.last_run,
      (checklist::Run{
          .ended = at(2s), .result = "signal", .exit_code = "killed", .exit_status = "KILL"}));
}

TEST_F(HistoryTest, AUsersOneshotThatFinishedHasRun) {
  happens(at(1s), StartDone{.ran = true});
  ASSERT_TRUE(history_.last_run);
  EXPECT_EQ(history_.last_run->result, "success");
}

TEST_F(HistoryTest, AStartThatIsDoneSettlesTheRefusalBefore) {
  happens(at(1s), StartRefused{"dependency", "x"});
  ASSERT_TRUE(history_.last_refusal);
  happens(at(2s), StartDone{});
  EXPECT_FALSE(history_.last_refusal);
  happens(at(3s), StartRefused{"condition", "y"});
  ASSERT_TRUE(history_.last_refusal);
  EXPECT_EQ(history_.last_refusal->result, "condition");
}

TEST_F(HistoryTest, WhatIsToldAgainOrLateChangesNothing) {
  happens(at(4s), StartDone{});
  happens(at(5s), RunEnded{"exit-code"}, ProcessExit{"exited", "3"});
  happens(at(6s), AutoRestart{});
  const History before = history_;
  happens(at(1s), StartDone{});
  happens(at(2s), StartRefused{"dependency", "x"});
  happens(at(3s), RunEnded{"success"});
  happens(at(6s), AutoRestart{});
  EXPECT_EQ(history_, before);
}

TEST_F(HistoryTest, KeepsTheLast64RestartsOfThisBoot) {
  add(history_, {.event = AutoRestart{}, .at = at(-1s), .this_boot = false, .exit = {}});
  for (int i = 1; i <= 100; ++i) {
    happens(at(std::chrono::seconds(i)), AutoRestart{});
  }
  ASSERT_EQ(history_.restarts.size(), 64U);
  EXPECT_EQ(history_.restarts.front(), at(37s));
  EXPECT_EQ(history_.restarts.back(), at(100s));
}
}  // namespace
}  // namespace checklist::parse
