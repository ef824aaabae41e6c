// SPDX-License-Identifier: MIT
#include "checks/start/libraries.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_regular_file;
using testing::a_start_world;
using testing::texts;
using testing::World;

const std::string library = "/srv/lib/liba.so";

class StartLibrariesTest : public ::testing::Test {
 protected:
  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    const StartContext start = start_context(look);
    const ExecutablePaths paths(look, [](const std::string& path) { return path; });
    const auto out = library_obstacle({.path = "/usr/bin/x", .found = found_, .content = program_},
                                      start, paths, look);
    EXPECT_FALSE(look.gap());
    return out ? (out->is_doubt ? "unknown " : "fail ") + out->reason : "";
  }

  void found_at(bool is_public) {
    program_.libraries = {{.path = library, .real = library, .is_public = is_public}};
  }

  World world_ = a_start_world()
                     .with(NodeKey{"/srv/lib"}, a_directory())
                     .with(NodeKey{library}, a_regular_file(0644))
                     .with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"rw"}}});
  PathLookup found_{.status = LookupStatus::found,
                    .at = "/usr/bin/x",
                    .host = "/usr/bin/x",
                    .node = a_regular_file()};
  Program program_{.format = Program::Format::elf, .interpreter = {}};
};

TEST_F(StartLibrariesTest, AreFound) {
  EXPECT_EQ(verdict(), "");
  program_.missing_libraries = program_.missing_if_secure = {"liba.so"};
  EXPECT_EQ(verdict(), "fail library_missing");
  world_.property("Environment", texts({"LD_LIBRARY_PATH=/opt/lib"}));
  EXPECT_EQ(verdict(), "unknown environment");
}

TEST_F(StartLibrariesTest, AreNotFoundByOriginWithThePrivilegesOfTheFile) {
  program_.missing_if_secure = {"liba.so"};
  EXPECT_EQ(verdict(), "");
  found_.node.capabilities = FileCapabilities{.permitted = 1, .effective = true};
  EXPECT_EQ(verdict(), "fail library_missing");
  found_.node.capabilities.reset();
  found_.node.permissions.mode = 04755;
  EXPECT_EQ(verdict(), "fail library_missing");
  program_.missing_libraries = program_.missing_if_secure;
  world_.property("Environment", texts({"LD_LIBRARY_PATH=/opt/lib"}));
  EXPECT_EQ(verdict(), "fail library_missing") << "the variable is ignored, too";
}

TEST_F(StartLibrariesTest, MayBeWhereItCannotBeLookedFor) {
  program_.unseen_libraries = {"liba.so"};
  EXPECT_EQ(verdict(), "unknown permission");
}

TEST_F(StartLibrariesTest, AreWholeFiles) {
  found_at(true);
  program_.broken_libraries = {library};
  EXPECT_EQ(verdict(), "fail library_unusable");
}

TEST_F(StartLibrariesTest, AreReadableByTheUser) {
  found_at(false);
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{library}, a_regular_file(0600));
  EXPECT_EQ(verdict(), "fail library_unusable");
  world_.with(NodeKey{library}, a_regular_file(0644)).with(NodeKey{"/srv/lib"}, a_directory(0700));
  EXPECT_EQ(verdict(), "fail library_unusable");
  world_.text("User", "root");
  EXPECT_EQ(verdict(), "");
  world_.number("CapabilityBoundingSet", 0).with(NodeKey{library}, a_regular_file(0600, 1));
  EXPECT_EQ(verdict(), "fail library_unusable") << "root without CAP_DAC_OVERRIDE";
}

TEST_F(StartLibrariesTest, AreSeenByTheUnit) {
  found_at(true);
  world_.property("InaccessiblePaths", texts({"/srv/lib"}));
  EXPECT_EQ(verdict(), "fail library_unusable");
  world_.property("InaccessiblePaths", texts({}))
      .property("TemporaryFileSystem", testing::pairs({{"/srv", ""}}));
  EXPECT_EQ(verdict(), "fail library_unusable");
}

TEST_F(StartLibrariesTest, AreMappedWithTheRightToExecute) {
  found_at(true);
  world_.property("NoExecPaths", texts({"/srv/lib"}));
  EXPECT_EQ(verdict(), "fail library_unusable");
  world_.property("NoExecPaths", texts({}))
      .with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"noexec"}}});
  EXPECT_EQ(verdict(), "fail library_unusable");
}

TEST_F(StartLibrariesTest, AreUnknownInAnotherTree) {
  found_.host = "/srv/root/usr/bin/x";
  program_.missing_libraries = {"liba.so"};
  world_.number("ExecMainStartTimestampMonotonic", 0);
  EXPECT_EQ(verdict(), "unknown image");
}
}  // namespace
}  // namespace checklist::checks
