// SPDX-License-Identifier: MIT
#include "parse/exposure.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;

TEST(Exposure, IsTheNumberOfTheLastLine) {
  EXPECT_EQ(
      exposure("✗ UMask=   Files  0.1\n\n→ Overall exposure level for x.service: 9.6 UNSAFE\n"),
      9.6);
  EXPECT_EQ(exposure("→ Overall exposure level for a:b.service: 0.2 SAFE :-}"), 0.2);
  EXPECT_EQ(exposure("→ Overall exposure level for x.service: 10.0 DANGEROUS"), 10.0);
}

TEST(Exposure, IsNothingWhereNoneIsNamed) {
  for (const auto* text : {"", "Failed to connect to bus", "Overall exposure level for x.service:",
                           "Overall exposure level for x.service: n/a",
                           "Overall exposure level for x.service: 9.x", "level: 9.6\n"}) {
    EXPECT_FALSE(exposure(text)) << text;
  }
}

TEST(SyscallGroups, HoldSystemCallsAloneAlsoThoseOfTheGroupsInThem) {
  const auto groups = syscall_groups(
      "@clock\n    # Change the clock\n    adjtimex\n    settimeofday\n\n"
      "@system\n    @clock\n    read\n\n# Unlisted System Calls:\n#   syslog\n    perfctr\n");
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_THAT(groups.at("@clock"), ElementsAre("adjtimex", "settimeofday"));
  EXPECT_THAT(groups.at("@system"), ElementsAre("adjtimex", "read", "settimeofday"));
}

TEST(SyscallGroups, EndWhereOneHoldsItself) {
  const auto groups = syscall_groups("@a\n  @b\n  one\n@b\n  @a\n  two\n");
  EXPECT_THAT(groups.at("@a"), ElementsAre("one", "two"));
}

TEST(SyscallGroups, AreExpandedOnceEachHoweverTheyHoldEachOther) {
  std::string text;
  for (int group = 0; group < 60; ++group) {
    text += "@" + std::to_string(group) + "\n";
    for (int member = 0; member < 60; ++member) {
      text += "  @" + std::to_string(member) + "\n";
    }
    text += "  call" + std::to_string(group) + "\n";
  }
  EXPECT_EQ(syscall_groups(text).at("@7").size(), 60U);  // 60^8 expansions never ended
}

TEST(SyscallGroups, AreNoneOfAnotherText) {
  std::string lines = "@a\n";
  for (int i = 0; i < 5000; ++i) {
    lines += "  x\n";
  }
  EXPECT_TRUE(syscall_groups(lines).empty());
  EXPECT_TRUE(syscall_groups("").empty());
  EXPECT_TRUE(syscall_groups("Failed to do that\n").empty());
}
}  // namespace
}  // namespace checklist::parse
