// SPDX-License-Identifier: MIT
#include "store/background_sync.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::store {
namespace {
TEST(BackgroundSync, RunsOneAtATimeAndAgainAfterwards) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "file";
  std::ofstream(path) << "text";
  BackgroundSync sync(path);
  ASSERT_TRUE(sync.start());
  while (!sync.start()) {
    std::this_thread::yield();
  }
}

TEST(BackgroundSync, LeavesAFileThatIsNotThereAlone) {
  const testing::TemporaryDirectory directory;
  { EXPECT_TRUE(BackgroundSync(directory.path() / "none/file").start()); }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}
}  // namespace
}  // namespace checklist::store
