// SPDX-License-Identifier: MIT
#include "observe/proc/cgroup_paths.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "observe/shortage.hpp"
#include "support/open_files.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
class CgroupPathsTest : public ::testing::Test {
 protected:
  // A directory below the root, as a cgroup of that path; its id.
  std::uint64_t a_cgroup(const std::string& path) {
    std::filesystem::create_directories(root_.path().string() + path);
    return inode(path);
  }

  std::uint64_t inode(const std::string& path) {
    struct stat status {};

    EXPECT_EQ(::stat((root_.path().string() + path).c_str(), &status), 0);
    return status.st_ino;
  }

  testing::TemporaryDirectory root_;
  CgroupPaths paths_{root_.path()};
};

TEST_F(CgroupPathsTest, AreFoundByInodeAtAnyDepth) {
  const auto service = a_cgroup("/system.slice/x.service");
  const auto below = a_cgroup("/system.slice/x.service/worker");
  paths_.look_up({service, below, inode("/")});
  EXPECT_EQ(paths_.path(service), "/system.slice/x.service");
  EXPECT_EQ(paths_.path(below), "/system.slice/x.service/worker");
  EXPECT_EQ(paths_.path(inode("/")), "/");
}

TEST_F(CgroupPathsTest, AreNotLostWithoutADescriptor) {
  const auto service = a_cgroup("/x.service");
  {
    const testing::OpenFiles none(testing::lowest_free_descriptor());
    EXPECT_THROW(paths_.look_up({service}), Shortage);
  }
  paths_.look_up({service});
  EXPECT_EQ(paths_.path(service), "/x.service");
}

TEST_F(CgroupPathsTest, StayKnownWhenTheCgroupIsRemoved) {
  const auto removed = a_cgroup("/x.service");
  paths_.look_up({removed});
  std::filesystem::remove(root_.path() / "x.service");
  const auto other = a_cgroup("/y.service");
  paths_.look_up({removed, other});
  EXPECT_EQ(paths_.path(removed), "/x.service");
}

TEST_F(CgroupPathsTest, WalkOnlyForAnIdThatIsNew) {
  const auto one = a_cgroup("/x.service");
  constexpr std::uint64_t unused = 1ULL << 60U;
  paths_.look_up({one, unused});
  std::filesystem::rename(root_.path() / "x.service", root_.path() / "renamed.service");
  paths_.look_up({one, unused});
  paths_.look_up({one});
  EXPECT_EQ(paths_.path(one), "/x.service");  // another walk would have found the new path
  EXPECT_EQ(paths_.path(unused), "");
}

TEST_F(CgroupPathsTest, AreForgottenWhenNoSocketCarriesTheId) {
  const auto one = a_cgroup("/x.service");
  paths_.look_up({one});
  paths_.look_up({});
  EXPECT_EQ(paths_.path(one), "");
}

TEST(UnifiedHierarchy, IsWhereCgroupV2Is) {
  if (!std::filesystem::exists("/sys/fs/cgroup")) {
    GTEST_SKIP() << "there is no /sys, as in a builder of packages";
  }
  EXPECT_TRUE(std::filesystem::exists(unified_hierarchy()));
}
}  // namespace
}  // namespace checklist::observe
