// SPDX-License-Identifier: MIT
#include "parse/cgroup.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
TEST(ProcCgroup, TellsThePathInTheUnifiedHierarchy) {
  EXPECT_EQ(unified_cgroup("0::/system.slice/x.service\n"), "/system.slice/x.service");
  EXPECT_EQ(unified_cgroup("5:memory:/docker\n1:name=systemd:/docker\n0::/\n"), "/");
}

TEST(ProcCgroup, KeepsTheNameOfARemovedOne) {
  EXPECT_EQ(unified_cgroup("0::/system.slice/x.service (deleted)\n"), "/system.slice/x.service");
}

TEST(ProcCgroup, TellsNothingWhereThereIsNone) {
  for (const char* text : {"", "\n", "1:name=systemd:/init.scope\n", "0::\n", "0:/x", "10::/x\n"}) {
    EXPECT_FALSE(unified_cgroup(text)) << text;
  }
}
}  // namespace
}  // namespace checklist::parse
