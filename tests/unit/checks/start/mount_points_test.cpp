// SPDX-License-Identifier: MIT
#include "checks/start/mount_points.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_regular_file;
using testing::a_start_world;
using testing::World;

class MountPointsTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    const Findings all = unusable_mount_points(start_context(look), see);
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  std::string of_tmpfs(const std::string& path, const std::string& options = {}) {
    world_.property("TemporaryFileSystem", testing::pairs({{path, options}}));
    return verdict();
  }

  std::string of_bind(const std::string& path, bool may_miss = false) {
    world_.property("BindPaths",
                    Value{Values{Value{Values{Value{std::string("/srv/there")}, Value{path},
                                              Value{may_miss}, Value{std::uint64_t{0}}}}}});
    return verdict();
  }

  World world_ = a_start_world()
                     .with(NodeKey{"/srv/there"}, a_directory())
                     .with(NodeKey{"/srv/file"}, a_regular_file())
                     .with(NodeKey{"/srv/none"}, Node{})
                     .with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"rw"}}});
};

TEST_F(MountPointsTest, AreDirectoriesOrMade) {
  EXPECT_EQ(of_tmpfs("/srv/there"), "");
  EXPECT_EQ(of_tmpfs("/srv/none"), "");
  EXPECT_EQ(of_tmpfs("/srv/file"), "fail in_the_way");
}

TEST_F(MountPointsTest, AreNotBelowAFile) {
  EXPECT_EQ(of_tmpfs("/srv/file/x"), "fail in_the_way");
  world_.property("TemporaryFileSystem", Value{Values{}});
  EXPECT_EQ(of_bind("/srv/file/x"), "fail in_the_way");
  world_.with(NodeKey{"/srv/there"}, Node{});
  EXPECT_EQ(of_bind("/srv/file/x", true), "fail in_the_way") << "systemd resolves it all the same";
  EXPECT_EQ(of_bind("/srv/none", true), "");
}

TEST_F(MountPointsTest, AreNotMadeOnAReadOnlyFileSystem) {
  world_.with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"ro"}}});
  EXPECT_EQ(of_tmpfs("/srv/none"), "fail read_only");
  EXPECT_EQ(of_tmpfs("/srv/there"), "");
}

TEST_F(MountPointsTest, HaveOptionsThatTmpfsKnows) {
  EXPECT_EQ(of_tmpfs("/srv/there", "size=10%,mode=1777,nosuid,x-a=b"), "");
  EXPECT_EQ(of_tmpfs("/srv/there", "size=foo"), "fail mount_option");
  EXPECT_EQ(of_tmpfs("/srv/there", "mode=9"), "fail mount_option");
  EXPECT_EQ(of_tmpfs("/srv/there", "new=1"), "unknown mount_option");
}
}  // namespace
}  // namespace checklist::checks
