// SPDX-License-Identifier: MIT
#include "checks/definition/start_working_directory.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_start_world;
using testing::texts;
using testing::World;

class StartWorkingDirectoryTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    const auto start = start_context(look);
    const auto made = made_directories(look);
    const Findings all = unusable_working_directory(start, made, see);
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  World world_ =
      a_start_world().text("WorkingDirectory", "/srv/x").with(NodeKey{"/srv/x"}, a_directory());
};

TEST_F(StartWorkingDirectoryTest, IsADirectoryThatTheUserMayEnter) {
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{"/srv/x"}, a_directory(0700));
  EXPECT_EQ(verdict(), "fail closed");
  world_.with(NodeKey{"/srv/x"}, testing::a_regular_file());
  EXPECT_EQ(verdict(), "fail in_the_way");
  world_.with(NodeKey{"/srv/x"}, Node{});
  EXPECT_EQ(verdict(), "fail start_file_missing");
  world_.with(NodeKey{"/srv/x"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(verdict(), "unknown permission");
}

TEST_F(StartWorkingDirectoryTest, MayFailWithItsPrefix) {
  world_.text("WorkingDirectory", "!/srv/x").with(NodeKey{"/srv/x"}, Node{});
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartWorkingDirectoryTest, IsEnteredByRootIfAllCommandsAreExecutedAsRoot) {
  world_.with(NodeKey{"/srv/x"}, a_directory(0700))
      .property("ExecStartEx", Value{Values{testing::a_start_command("/x", {"no-setuid"})}});
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartWorkingDirectoryTest, IsEnteredWithoutAmbientCapabilities) {
  world_.with(NodeKey{"/srv/x"}, a_directory(0700))
      .property("CapabilityBoundingSet", Value{~std::uint64_t{0}})
      .property("AmbientCapabilities", Value{std::uint64_t{1} << 1U});  // CAP_DAC_OVERRIDE
  EXPECT_EQ(verdict(), "fail closed");
}

TEST_F(StartWorkingDirectoryTest, IsNoHomeOfADynamicUser) {
  Accounts accounts = testing::the_accounts();
  accounts.users["root"].home = "/root";
  world_.text("WorkingDirectory", "~")
      .property("DynamicUser", Value{true})
      .with(AccountsKey{}, accounts)
      .with(NodeKey{"/root"}, a_directory(0700));
  EXPECT_EQ(verdict(), "fail start_file_missing");
  world_.property("ExecStartEx", Value{Values{testing::a_start_command("/x", {"no-setuid"})}});
  EXPECT_EQ(verdict(), "");  // PID 1 takes its own home, which root may enter
}

TEST_F(StartWorkingDirectoryTest, MayBeTheHomeOfTheUser) {
  Accounts accounts = testing::the_accounts();
  accounts.users["llama"].home = "/srv/x";
  world_.text("WorkingDirectory", "~").with(AccountsKey{}, accounts);
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{"/srv/x"}, Node{});
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(StartWorkingDirectoryTest, IsMadeByTheStartOnlyIfItIsExactlyThat) {
  for (const char* path : {"/var", "/var/lib", "/var/lib/x"}) {
    world_.with(NodeKey{path}, Node{});
  }
  world_.text("WorkingDirectory", "/var/lib/x").property("StateDirectory", texts({"x"}));
  EXPECT_EQ(verdict(), "");
  world_.text("WorkingDirectory", "/var/lib/x/sub");
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(StartWorkingDirectoryTest, MayBeHidden) {
  world_.property("InaccessiblePaths", texts({"/srv/x"}));
  EXPECT_EQ(verdict(), "fail hidden");
}

TEST_F(StartWorkingDirectoryTest, HasTheModeWithWhichTheStartMakesIt) {
  for (const char* path : {"/var", "/var/lib"}) {
    world_.with(NodeKey{path}, a_directory());
  }
  world_.with(NodeKey{"/var/lib/x"}, Node{})
      .text("WorkingDirectory", "/var/lib/x")
      .property("StateDirectory", texts({"x"}))
      .number("StateDirectoryMode", 0755);
  EXPECT_EQ(verdict(), "");
  world_.number("StateDirectoryMode", 0600);
  EXPECT_EQ(verdict(), "fail closed");
  world_.text("User", "root");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartWorkingDirectoryTest, IsNotOpenedByTheStartIfItIsAboveOrConfiguration) {
  for (const char* path : {"/var", "/var/lib", "/etc"}) {
    world_.with(NodeKey{path}, a_directory());
  }
  world_.with(NodeKey{"/var/lib/x"}, a_directory(0700))
      .with(NodeKey{"/var/lib/x/y"}, Node{})
      .with(NodeKey{"/etc/x"}, a_directory(0700))
      .number("StateDirectoryMode", 0755)
      .number("ConfigurationDirectoryMode", 0755)
      .property("StateDirectory", texts({"x"}))
      .text("WorkingDirectory", "/var/lib/x");
  EXPECT_EQ(verdict(), "") << "the start gives it to the user";
  world_.property("StateDirectory", texts({"x/y"}));
  EXPECT_EQ(verdict(), "fail closed");
  world_.text("WorkingDirectory", "/var/lib/x/y");
  EXPECT_EQ(verdict(), "fail closed");
  world_.text("WorkingDirectory", "/etc/x").property("ConfigurationDirectory", texts({"x"}));
  EXPECT_EQ(verdict(), "fail closed");
}
}  // namespace
}  // namespace checklist::checks
