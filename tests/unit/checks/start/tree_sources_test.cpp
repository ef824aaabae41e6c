// SPDX-License-Identifier: MIT
#include "checks/start/tree_sources.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using testing::World;

class TreeSourcesTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    const auto start = start_context(look);
    for (const TreeSource& each : tree_sources(look)) {
      if (const auto obstacle = on_tree(each, start, look)) {
        return (obstacle->is_doubt ? "unknown " : "fail ") + obstacle->reason;
      }
    }
    return "";
  }

  World world_ = a_start_world()
                     .number("ExecMainStartTimestampMonotonic", 0)
                     .with(NodeKey{"/srv/file"}, testing::a_regular_file())
                     .with(NodeKey{"/srv/there"}, testing::a_directory());
};

TEST_F(TreeSourcesTest, MustBeThere) {
  world_.text("RootDirectory", "/srv/there");
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{"/srv/there"}, Node{});
  EXPECT_EQ(verdict(), "fail start_file_missing");
  world_.text("RootDirectory", "/srv/file");
  EXPECT_EQ(verdict(), "fail in_the_way");
}

TEST_F(TreeSourcesTest, MayBeImagesOfWhichNothingIsKnown) {
  world_.text("RootImage", "/srv/file");
  EXPECT_EQ(verdict(), "unknown image");
  world_.text("Result", "success")
      .number("ExecMainStartTimestampMonotonic", 1'000'000)
      .with(WallClockKey{}, WallTime{})
      .with(FileKey{"/srv/file"}, FileStatus{.type = "regular", .target = {}});
  EXPECT_EQ(verdict(), "") << "the last start mounted it";
}
}  // namespace
}  // namespace checklist::checks
