// SPDX-License-Identifier: MIT
#include "daemon/directory_lock.hpp"

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::daemon {
namespace {
TEST(DirectoryLock, IsHeldByOneAtATime) {
  const testing::TemporaryDirectory root;
  const std::string directory = root.path().string() + "/state";
  {
    const DirectoryLock first(directory);
    EXPECT_TRUE(first.free);
    EXPECT_FALSE(DirectoryLock(directory).free);
    EXPECT_TRUE(DirectoryLock(directory + "2").free);
  }
  EXPECT_TRUE(DirectoryLock(directory).free);
}

TEST(DirectoryLock, IsFreeWhereNothingCanBeWritten) {
  EXPECT_TRUE(DirectoryLock("/proc/none").free);
}
}  // namespace
}  // namespace checklist::daemon
