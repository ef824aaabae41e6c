// SPDX-License-Identifier: MIT
#include "checks/paths/replacing_paths.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_link;
using testing::a_start_world;
using testing::texts;
using testing::World;

class ReplacingPathsTest : public ::testing::Test {
 protected:
  bool replaces(const std::string& path, Sandbox sandbox = Sandbox::whole) {
    View see = world_.view();
    FactReader look(see);
    const ReplacingPaths all(look, "x.service", sandbox, "");
    return all.replace(path, target_on_host(path, look));
  }

  World world_ = a_start_world().with(NodeKey{"/srv/x"}, a_directory());
};

TEST_F(ReplacingPathsTest, AreThoseOfTheLists) {
  EXPECT_FALSE(replaces("/srv/x"));
  for (const char* list : {"ReadWritePaths", "ReadOnlyPaths", "ExecPaths", "NoExecPaths"}) {
    world_.property(list, texts({"-/srv/x"}));
    EXPECT_TRUE(replaces("/srv/x")) << list;
    EXPECT_FALSE(replaces("/srv")) << list;
    EXPECT_EQ(replaces("/srv/x", Sandbox::none), list == std::string("ReadWritePaths")) << list;
    world_.property(list, texts({}));
  }
}

TEST_F(ReplacingPathsTest, AreThoseOfTheProtection) {
  world_.text("ProtectSystem", "strict");
  EXPECT_TRUE(replaces("/"));
  EXPECT_FALSE(replaces("/usr"));
  world_.text("ProtectSystem", "yes");
  for (const char* path : {"/boot", "/efi", "/etc", "/home", "/root", "/run", "/run/user"}) {
    world_.with(NodeKey{path}, a_directory());
  }
  EXPECT_TRUE(replaces("/usr"));
  EXPECT_FALSE(replaces("/etc"));
  world_.text("ProtectSystem", "full");
  EXPECT_TRUE(replaces("/etc"));
  world_.text("ProtectHome", "read-only");
  EXPECT_TRUE(replaces("/home"));
}

// Mounts are made in the order of their paths.
TEST_F(ReplacingPathsTest, MayBeLinksThatAreFollowedInTime) {
  world_.with(NodeKey{"/srv/a"}, a_link("x")).with(NodeKey{"/srv/z"}, a_link("x"));
  world_.property("ReadOnlyPaths", texts({"/srv/a"}));
  EXPECT_TRUE(replaces("/srv/x"));
  world_.property("ReadOnlyPaths", texts({"/srv/z"}));
  EXPECT_FALSE(replaces("/srv/x"));
}
}  // namespace
}  // namespace checklist::checks
