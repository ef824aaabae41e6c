// SPDX-License-Identifier: MIT
#include "semantics/exit_status.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;

TEST(ExitStatus, NamesSystemdsOwnCodesAndNoProgramsOwn) {
  EXPECT_EQ(exit_code_name(200), "CHDIR");
  EXPECT_EQ(exit_code_name(203), "EXEC");
  EXPECT_EQ(exit_code_name(226), "NAMESPACE");
  EXPECT_EQ(exit_code_name(245), "KSM");
  for (const int without : {-1, 0, 1, 127, 199, 223, 234, 246, 255}) {
    EXPECT_EQ(exit_code_name(without), "") << without;
  }
}

TEST(ExitStatus, NamesSignals) {
  EXPECT_EQ(signal_name(9), "KILL");
  EXPECT_EQ(signal_name(15), "TERM");
  EXPECT_EQ(signal_name(4711), "4711");
}

TEST(ExitStatus, TellsHowARunEnded) {
  const auto ended = [](std::string result, std::string code, std::string status) {
    return outcome({.ended = {},
                    .result = std::move(result),
                    .exit_code = std::move(code),
                    .exit_status = std::move(status)});
  };
  EXPECT_EQ(ended("exit-code", "exited", "203"), "exit-code, exited with 203 (EXEC)");
  EXPECT_EQ(ended("exit-code", "exited", "3"), "exit-code, exited with 3");
  EXPECT_EQ(ended("signal", "killed", "KILL"), "signal, killed by KILL");
  EXPECT_EQ(ended("core-dump", "dumped", "SEGV"), "core-dump, dumped by SEGV");
  EXPECT_EQ(ended("start-limit-hit", "", ""), "start-limit-hit");
  EXPECT_EQ(ended("", "", ""), "unknown");
}

std::optional<Run> run_of(std::uint64_t exited_at, std::int64_t code, std::int64_t status) {
  auto world = testing::a_world("x.service");
  world.number("ExecMainExitTimestampMonotonic", exited_at)
      .text("Result", code == 1 && status == 0 ? "success" : "signal")
      .property("ExecMainCode", Value{code})
      .property("ExecMainStatus", Value{status});
  View see(world.facts(), 0, world.spec(), TimePoint{1h});
  return run_in_properties(see);
}

TEST(ExitStatus, ReadsARunFromProperties) {
  const auto killed = run_of(5'000'000, 2, 9);
  ASSERT_TRUE(killed);
  EXPECT_EQ(killed->ended, TimePoint{5s});
  EXPECT_EQ(outcome(*killed), "signal, killed by KILL");
  const auto clean = run_of(5'000'000, 1, 0);
  ASSERT_TRUE(clean);
  EXPECT_EQ(outcome(*clean), "success, exited with 0");
}

TEST(ExitStatus, TakesAUnitThatNeverRanForNoRun) {
  EXPECT_FALSE(run_of(0, 0, 0));
}
}  // namespace
}  // namespace checklist::semantics
