// SPDX-License-Identifier: MIT
#include "observe/files/directory.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;

class DirectoryTest : public ::testing::Test {
 protected:
  DirectoryTest() {
    fs::create_directories(at("/real/below"));
    std::ofstream(at("/real/file")) << "x";
    fs::create_directory_symlink("real", at("/link"));
  }

  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  // The error of an attempt to open it; 0 if it succeeds.
  [[nodiscard]] int error(const std::string& path, Links links) const {
    errno = 0;
    return open_directory(at(path), links, Listing::not_needed) ? 0 : errno;
  }

  testing::TemporaryDirectory root_;
};

TEST_F(DirectoryTest, IsOpenedBehindALinkOnlyWhereLinksAreFollowed) {
  EXPECT_EQ(error("/link/below", Links::follow), 0);
  EXPECT_EQ(error("/link/below", Links::refuse), ELOOP);
  EXPECT_EQ(error("/link", Links::refuse), ELOOP);
  EXPECT_EQ(error("/real/below", Links::refuse), 0);
  EXPECT_EQ(error("/real/below//", Links::refuse), 0);
}

TEST_F(DirectoryTest, SaysWhyItCannotBeOpened) {
  for (const Links links : {Links::follow, Links::refuse}) {
    EXPECT_EQ(error("/none", links), ENOENT);
    EXPECT_EQ(error("/real/file", links), ENOTDIR);
    EXPECT_EQ(error("/real/file/below", links), ENOTDIR);
  }
}

TEST_F(DirectoryTest, CanBeTheRoot) {
  EXPECT_TRUE(open_directory("/", Links::refuse, Listing::needed));
}

TEST(UnseenPath, NamesTheReasonByItsError) {
  EXPECT_EQ(unseen_path("/x", ELOOP).reason, "link");
  EXPECT_EQ(unseen_path("/x", EACCES).reason, "permission");
  EXPECT_EQ(unseen_path("/x", EPERM).reason, "permission");
  EXPECT_EQ(unseen_path("/x", EIO).reason, "unsupported");
  EXPECT_EQ(unseen_path("/x", EACCES).why, "cannot access /x: Permission denied");
}
}  // namespace
}  // namespace checklist::observe
