// SPDX-License-Identifier: MIT
#include "observe/files/program_file.hpp"

#include <cerrno>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
TEST(ProgramFile, IsReadInPieces) {
  const testing::TemporaryDirectory root;
  std::ofstream(root.path() / "x") << "0123456789";
  const ProgramFile file(root.path() / "x");
  ASSERT_EQ(file.error(), 0);
  EXPECT_EQ(file.reader()(2, 3), "234");
  EXPECT_EQ(file.reader()(8, 30), "89");
  EXPECT_EQ(file.reader()(80, 30), "");
}

TEST(ProgramFile, OpensRegularFilesAlone) {
  const testing::TemporaryDirectory root;
  ASSERT_EQ(::mkfifo((root.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(ProgramFile(root.path() / "fifo").error(), ENOEXEC);
  EXPECT_EQ(ProgramFile(root.path()).error(), ENOEXEC);
  EXPECT_EQ(ProgramFile(root.path() / "none").error(), ENOENT);
  EXPECT_EQ(ProgramFile(root.path() / "none").reader()(0, 4), "");
}
}  // namespace
}  // namespace checklist::observe
