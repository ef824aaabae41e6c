// SPDX-License-Identifier: MIT
#include "semantics/unit/exit_status.hpp"

#include <gmock/gmock.h>

namespace checklist::semantics {
namespace {
Run ended_with(std::string result, std::string code, std::string status) {
  return {.ended = {},
          .this_boot = true,
          .result = std::move(result),
          .exit_code = std::move(code),
          .exit_status = std::move(status)};
}

TEST(ExitStatus, NamesSignalsAsKillDoes) {
  EXPECT_EQ(signal_name(9), "KILL");
  EXPECT_EQ(signal_name(11), "SEGV");
  EXPECT_EQ(signal_name(15), "TERM");
  EXPECT_EQ(signal_name(35), "35");  // a real-time signal
}

// As `systemd-analyze exit-status` prints them.
TEST(ExitStatus, NamesTheCodesOfSystemdItself) {
  EXPECT_EQ(exit_code_name(200), "CHDIR");
  EXPECT_EQ(exit_code_name(203), "EXEC");
  EXPECT_EQ(exit_code_name(217), "USER");
  EXPECT_EQ(exit_code_name(224), "PAM");
  EXPECT_EQ(exit_code_name(235), "CHOWN");
  EXPECT_EQ(exit_code_name(243), "CREDENTIALS");
  EXPECT_EQ(exit_code_name(244), "BPF");
  EXPECT_EQ(exit_code_name(245), "KSM");
  for (const int programs_own : {-1, 0, 1, 3, 127, 199, 223, 234, 246, 255}) {
    EXPECT_EQ(exit_code_name(programs_own), "") << programs_own;
  }
}

TEST(ExitStatus, TellsHowARunEnded) {
  EXPECT_EQ(outcome(ended_with("exit-code", "exited", "3")), "exit-code, exited with 3");
  EXPECT_EQ(outcome(ended_with("exit-code", "exited", "203")), "exit-code, exited with 203 (EXEC)");
  EXPECT_EQ(outcome(ended_with("signal", "killed", "KILL")), "signal, killed by KILL");
  EXPECT_EQ(outcome(ended_with("core-dump", "dumped", "SEGV")), "core-dump, dumped by SEGV");
  EXPECT_EQ(outcome(ended_with("timeout", "", "")), "timeout");
  EXPECT_EQ(outcome(ended_with("", "", "")), "unknown");
}
}  // namespace
}  // namespace checklist::semantics
