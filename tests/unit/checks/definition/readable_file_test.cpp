// SPDX-License-Identifier: MIT
#include "checks/definition/readable_file.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_process;
using testing::a_regular_file;
using testing::a_start_world;
using testing::texts;
using testing::World;

const std::string model = "/srv/model";

class ReadableFileTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    const auto finding = unreadable(model, see);
    hint_ = finding ? finding->hint : "";
    return finding ? std::string(text(finding->status)) + " " + finding->reason : "";
  }

  World world_ = a_start_world().with(NodeKey{model}, a_regular_file(0640));
  std::string hint_;
};

TEST_F(ReadableFileTest, IsReadByTheUserOfTheUnit) {
  EXPECT_EQ(verdict(), "fail unreadable");
  EXPECT_EQ(hint_, "run `chmod o+r /srv/model`");
  world_.with(NodeKey{model}, a_regular_file(0644));
  EXPECT_EQ(verdict(), "");
  world_.text("User", "");
  world_.with(NodeKey{model}, a_regular_file(0600));
  EXPECT_EQ(verdict(), "");
}

TEST_F(ReadableFileTest, IsReadByTheRunningProcessAsItIs) {
  world_.number("MainPID", 7).with(ProcessKey{7}, a_process(testing::llama, {0}));
  EXPECT_EQ(verdict(), "") << "it is in root's group";
}

TEST_F(ReadableFileTest, MayBeADirectoryToList) {
  world_.with(NodeKey{model}, a_directory(0711));
  EXPECT_EQ(verdict(), "fail unreadable");
  EXPECT_EQ(hint_, "run `chmod o+rx /srv/model`");
}

TEST_F(ReadableFileTest, LiesBehindDirectoriesThatMayBeSearched) {
  world_.with(NodeKey{"/srv"}, a_directory(0700));
  EXPECT_EQ(verdict(), "fail closed");
  EXPECT_EQ(hint_, "run `chmod o+x /srv`");
}

TEST_F(ReadableFileTest, MayBeHiddenByTheUnit) {
  world_.property("InaccessiblePaths", texts({"/srv"}));
  EXPECT_EQ(verdict(), "fail hidden");
}

TEST_F(ReadableFileTest, IsUnknownWhereTheDaemonCannotLook) {
  world_.with(NodeKey{model}, Unseen{"permission", "denied", "let it"});
  EXPECT_EQ(verdict(), "unknown permission");
  world_.text("User", "of-a-directory");
  EXPECT_EQ(verdict(), "unknown no_account");
}

TEST_F(ReadableFileTest, IsNotJudgedForAUnitThatIsNotLoaded) {
  world_.with(UnitKey{"x.service"},
              testing::a_unit("x.service", ActiveState::inactive, "dead", LoadState::not_found));
  EXPECT_EQ(verdict(), "");
}
}  // namespace
}  // namespace checklist::checks
