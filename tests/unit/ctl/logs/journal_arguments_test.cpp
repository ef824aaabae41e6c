// SPDX-License-Identifier: MIT
#include "ctl/logs/journal_arguments.hpp"

#include <gmock/gmock.h>

namespace checklist::ctl {
namespace {
using ::testing::ElementsAre;

TEST(JournalArguments, SelectUnitsOfThisBoot) {
  EXPECT_THAT(journal_arguments({{"x.service"}, {"y.service", 1000}}, {}, 1000),
              ElementsAre("journalctl", "--boot=0", "--unit=x.service", "--user-unit=y.service"));
}

TEST(JournalArguments, PassTheOptionsOn) {
  EXPECT_THAT(journal_arguments({{"x.service"}},
                                {.follow = true, .lines = "5", .since = "-1h", .boot = "-1"}, 0),
              ElementsAre("journalctl", "--boot=-1", "--follow", "--lines=5", "--since=-1h",
                          "--unit=x.service"));
}

TEST(JournalArguments, SelectUnitsOfOtherUsersByFields) {
  EXPECT_THAT(journal_arguments({{"x.service"}, {"y.service", 1000}}, {}, 0),
              ElementsAre("journalctl", "--boot=0", "_SYSTEMD_UNIT=x.service", "+",
                          "UNIT=x.service", "_PID=1", "+", "OBJECT_SYSTEMD_UNIT=x.service",
                          "_UID=0", "+", "COREDUMP_UNIT=x.service", "_UID=0", "+",
                          "_SYSTEMD_USER_UNIT=y.service", "_UID=1000", "+", "USER_UNIT=y.service",
                          "_UID=1000", "+", "COREDUMP_USER_UNIT=y.service", "_UID=0"));
}
}  // namespace
}  // namespace checklist::ctl
