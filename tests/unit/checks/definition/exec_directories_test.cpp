// SPDX-License-Identifier: MIT
#include "checks/definition/exec_directories.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_link;
using testing::a_regular_file;
using testing::a_start_world;
using testing::llama;
using testing::texts;
using testing::World;

std::string verdict_of(const Findings& all) {
  return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
}

class ExecDirectoriesTest : public ::testing::Test {
 protected:
  ExecDirectoriesTest() {
    for (const char* path : {"/var", "/var/lib", "/etc"}) {
      world_.with(NodeKey{path}, a_directory());
    }
    world_.number("StateDirectoryMode", 0755).number("ConfigurationDirectoryMode", 0755);
  }

  std::string made() {
    View see = world_.view();
    FactReader look(see);
    const StartContext start = start_context(look);
    return verdict_of(unmakeable_directories(made_directories(look), start, see));
  }

  std::string lost() {
    View see = world_.view();
    return verdict_of(lost_directories(see));
  }

  World world_ = a_start_world()
                     .property("StateDirectory", texts({"x"}))
                     .with(NodeKey{"/var/lib/x"}, a_directory());
};

TEST_F(ExecDirectoriesTest, AreMadeUnlessSomethingIsInTheWay) {
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/x"}, Node{});
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/x"}, a_regular_file());
  EXPECT_EQ(made(), "fail in_the_way");
  world_.with(NodeKey{"/var/lib/x"}, a_link("/srv/none")).with(NodeKey{"/srv/none"}, Node{});
  EXPECT_EQ(made(), "fail in_the_way");
  world_.property("StateDirectory", texts({"x/y"}));
  EXPECT_EQ(made(), "fail in_the_way") << "the directory above";
}

TEST_F(ExecDirectoriesTest, MayBeLinksFromSystemd254On) {
  world_.with(NodeKey{"/var/lib/x"}, a_link("/srv"));
  EXPECT_EQ(made(), "fail in_the_way");
  world_.with(HostKey{},
              Host{.version = "254.5-1", .boot_id = {}, .default_target = {}, .unit_path = {}});
  EXPECT_EQ(made(), "");
}

TEST_F(ExecDirectoriesTest, OfADynamicUserAreLinksOrMovedThere) {
  world_.property("DynamicUser", Value{true});
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/x"}, a_link("private/x"));
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/x"}, a_link("/srv"));
  EXPECT_EQ(made(), "fail in_the_way");
}

TEST_F(ExecDirectoriesTest, OfAConfigurationMayBeAnythingThatIsThere) {
  world_.property("StateDirectory", texts({})).property("ConfigurationDirectory", texts({"x"}));
  world_.with(NodeKey{"/etc/x"}, a_link("/srv"));
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/etc/x"}, a_link("/srv/none")).with(NodeKey{"/srv/none"}, Node{});
  EXPECT_EQ(made(), "fail in_the_way");
}

TEST_F(ExecDirectoriesTest, AreTheUsersWhileItRuns) {
  Node own = a_directory();
  own.permissions.uid = llama;
  world_.with(NodeKey{"/var/lib/x"}, own);
  EXPECT_EQ(lost(), "");
  own.permissions.mode = 0;
  world_.with(NodeKey{"/var/lib/x"}, own);
  EXPECT_EQ(lost(), "fail closed");
  world_.with(NodeKey{"/var/lib/x"}, a_directory());
  EXPECT_EQ(lost(), "fail closed") << "root's, which may be searched, but not written to";
  world_.with(UnitKey{"x.service"}, testing::a_unit("x.service", ActiveState::inactive, "dead"));
  EXPECT_EQ(lost(), "") << "the start makes it the user's";
}

TEST_F(ExecDirectoriesTest, OfRootAreAlwaysItsOwn) {
  world_.text("User", "");
  EXPECT_EQ(lost(), "");
}

TEST_F(ExecDirectoriesTest, AreNotMadeOnAReadOnlyFileSystem) {
  world_.with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"ro"}}});
  EXPECT_EQ(made(), "fail read_only") << "it is root's";
  Node own = a_directory();
  own.permissions.uid = own.permissions.gid = llama;
  world_.with(NodeKey{"/var/lib/x"}, own);
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/x"}, Node{});
  EXPECT_EQ(made(), "fail read_only");
}

TEST_F(ExecDirectoriesTest, MayHaveLinks) {
  const auto row =
      Value{Values{Value{std::string("x")}, Value{std::string("y")}, Value{std::uint64_t{0}}}};
  world_.property("StateDirectorySymlink", Value{Values{row}}).with(NodeKey{"/var/lib/y"}, Node{});
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/y"}, a_link("x"));
  EXPECT_EQ(made(), "");
  world_.with(NodeKey{"/var/lib/y"}, a_directory());
  EXPECT_EQ(made(), "fail in_the_way");
}
}  // namespace
}  // namespace checklist::checks
