// SPDX-License-Identifier: MIT
#include "files_helper/trust.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;
constexpr uid_t nobody = 65534;

// In /tmp, which is sticky and everybody's.
class TrustTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "what is root's needs root";
    }
    fs::permissions(root_.path(), fs::perms(0755));
    std::ofstream(file()) << "{}";
  }

  [[nodiscard]] std::string file() const { return root_.path() / "x.json"; }

  testing::TemporaryDirectory root_;
};

TEST_F(TrustTest, TakesWhatOnlyRootCanWrite) {
  EXPECT_TRUE(is_roots(file()));
  EXPECT_TRUE(is_roots("/etc/passwd"));
}

TEST_F(TrustTest, RefusesWhatIsNotThere) {
  EXPECT_FALSE(is_roots(file() + ".not"));
}

TEST_F(TrustTest, RefusesAFileOfAnother) {
  ASSERT_EQ(::chown(file().c_str(), nobody, nobody), 0);
  EXPECT_FALSE(is_roots(file()));
}

TEST_F(TrustTest, RefusesAFileThatOthersCanWrite) {
  fs::permissions(file(), fs::perms(0664));
  EXPECT_FALSE(is_roots(file()));
}

TEST_F(TrustTest, RefusesADirectoryAboveThatIsAnothers) {
  ASSERT_EQ(::chown(root_.path().c_str(), nobody, nobody), 0);
  EXPECT_FALSE(is_roots(file()));
}

TEST_F(TrustTest, RefusesADirectoryAboveThatOthersCanWrite) {
  fs::permissions(root_.path(), fs::perms(0775));
  EXPECT_FALSE(is_roots(file()));
  fs::permissions(root_.path(), fs::perms(01775));
  EXPECT_TRUE(is_roots(file()));
}

TEST_F(TrustTest, FollowsLinksOfRootOnly) {
  const std::string link = root_.path() / "link.json";
  fs::create_symlink(file(), link);
  EXPECT_TRUE(is_roots(link));
  ASSERT_EQ(::lchown(link.c_str(), nobody, nobody), 0);
  EXPECT_FALSE(is_roots(link));
}

TEST_F(TrustTest, RefusesWhereALinkLeadsThroughAnothersDirectory) {
  const fs::path others = root_.path() / "others";
  fs::create_directory(others);
  ASSERT_EQ(::chown(others.c_str(), nobody, nobody), 0);
  fs::create_symlink(file(), others / "x.json");
  EXPECT_FALSE(is_roots(others / "x.json"));
}
}  // namespace
}  // namespace checklist::files
