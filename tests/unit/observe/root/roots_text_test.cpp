// SPDX-License-Identifier: MIT
#include "observe/root/roots_text.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;

TEST(RootsText, IsReadOnlyIfNoOtherCanHaveWrittenIt) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "a file of root's needs root";
  }
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "file";
  EXPECT_FALSE(roots_text(path));
  std::ofstream(path) << "text";
  fs::permissions(path, fs::perms(0640));
  EXPECT_EQ(roots_text(path), "text");
  fs::create_symlink(path, directory.path() / "link");
  EXPECT_FALSE(roots_text(directory.path() / "link"));
  EXPECT_FALSE(roots_text(directory.path()));
  fs::permissions(path, fs::perms(0660));
  EXPECT_FALSE(roots_text(path));
  fs::permissions(path, fs::perms(0640));
  ASSERT_EQ(::chown(path.c_str(), 65534, 0), 0);
  EXPECT_FALSE(roots_text(path));
}
}  // namespace
}  // namespace checklist::observe
