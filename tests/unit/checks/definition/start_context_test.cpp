// SPDX-License-Identifier: MIT
#include "checks/definition/start_context.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_process;
using testing::a_regular_file;
using testing::a_start_world;
using testing::pairs;
using testing::texts;
using testing::World;

class StartContextTest : public ::testing::Test {
 protected:
  StartContext context() {
    View see = world_.view();
    FactReader look(see);
    return start_context(look);
  }

  // The reason of what is in the way of "/srv/x"; empty if nothing is.
  std::string reason(Privileges with = Privileges::user) {
    const StartContext start = context();
    View see = world_.view();
    FactReader look(see);
    const Reached reached = reach({"/srv/x", "the command", with}, start, look);
    obstacle_ = reached.obstacle.value_or(Obstacle{});
    return look.gap() ? "gap" : obstacle_.reason;
  }

  World world_ = a_start_world().with(NodeKey{"/srv/x"}, a_regular_file());
  Obstacle obstacle_;
};

TEST_F(StartContextTest, NamesTheUser) {
  EXPECT_EQ(context().user_name, "user llama");
  world_.text("User", "");
  EXPECT_EQ(context().user_name, "root");
  EXPECT_EQ(context().user->capabilities, ~0ULL) << "also without a bounding set";
  world_.property("DynamicUser", Value{true});
  EXPECT_EQ(context().user_name, "the dynamic user");
}

TEST_F(StartContextTest, TakesAnAccountThatNoFileHasFromTheRunningProcess) {
  world_.text("User", "of-a-directory");
  EXPECT_FALSE(context().user);
  world_.number("MainPID", 7).with(ProcessKey{7}, a_process(5000, {}));
  EXPECT_EQ(context().user->uid, 5000U);
}

TEST_F(StartContextTest, PlusLiftsTheSandboxButNotOtherMounts) {
  world_.property("InaccessiblePaths", texts({"/srv"}));
  EXPECT_EQ(reason(), "hidden");
  EXPECT_EQ(reason(Privileges::root), "hidden");
  EXPECT_EQ(reason(Privileges::unlimited), "");
  world_.property("TemporaryFileSystem", pairs({{"/srv", ""}}));
  EXPECT_EQ(reason(Privileges::unlimited), "hidden");
}

TEST_F(StartContextTest, TellsWhichDirectoryIsClosedAndForWhom) {
  world_.with(NodeKey{"/srv"}, a_directory(0700));
  EXPECT_EQ(reason(), "closed");
  EXPECT_EQ(obstacle_.observed, "user llama may not search /srv, on the way to /srv/x");
  EXPECT_TRUE(obstacle_.hint.starts_with("run `chmod o+x /srv`")) << obstacle_.hint;
  EXPECT_EQ(reason(Privileges::root), "");
}

TEST_F(StartContextTest, TellsWhatIsMissing) {
  world_.with(NodeKey{"/srv/x"}, testing::a_link("y")).with(NodeKey{"/srv/y"}, Node{});
  EXPECT_EQ(reason(), "start_file_missing");
  EXPECT_EQ(obstacle_.observed, "/srv/x is missing: there is no /srv/y");
}

TEST_F(StartContextTest, DoesNotKnowWhatAnImageHolds) {
  world_.text("RootImage", "/x.raw");
  EXPECT_EQ(reason(), "image");
  EXPECT_TRUE(obstacle_.is_doubt);
}

TEST_F(StartContextTest, IsUnknownWhereNobodyCanLook) {
  world_.with(NodeKey{"/srv/x"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(reason(), "gap");
}
}  // namespace
}  // namespace checklist::checks
