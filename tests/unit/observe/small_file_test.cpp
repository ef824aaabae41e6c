// SPDX-License-Identifier: MIT
#include "observe/small_file.hpp"

#include <cerrno>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
TEST(SmallFile, IsReadWholeOrUpToTheLimit) {
  const testing::TemporaryDirectory root;
  const std::string path = root.path() / "file";
  std::ofstream(path) << std::string(40'000, 'a') << std::string(40'000, 'b');
  EXPECT_EQ(small_file(path, 100'000)->size(), 80'000U);
  EXPECT_EQ(small_file(path)->size(), 65'536U);
  EXPECT_EQ(*small_file(path, 3), "aaa");
}

TEST(SmallFile, IsReadFromProcWhereItsSizeIsZero) {
  EXPECT_FALSE(small_file("/proc/self/status")->empty());
}

TEST(SmallFile, LeavesTheReasonInErrnoWhenItCannotBeOpened) {
  EXPECT_FALSE(small_file("/nonexistent/file"));
  EXPECT_EQ(errno, ENOENT);
}

TEST(SmallFile, IsNothingForADirectory) {
  EXPECT_FALSE(small_file("/"));
}
}  // namespace
}  // namespace checklist::observe
