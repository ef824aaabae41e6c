// SPDX-License-Identifier: MIT
#include "checks/paths/mount_entries.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::texts;

class MountEntriesTest : public ::testing::Test {
 protected:
  std::vector<std::string> paths(bool has_sandbox = true) {
    View see = world_.view();
    FactReader look(see);
    std::vector<std::string> out;
    for (const MountEntry& each : mount_entries(look, has_sandbox, follow_)) {
      out.push_back(each.path);
    }
    return out;
  }

  testing::World world_ = testing::a_start_world();
  FollowLinks follow_ = [](const std::string& path) { return path; };
};

using Paths = std::vector<std::string>;

TEST_F(MountEntriesTest, ComeParentsFirst) {
  world_.property("ReadOnlyPaths", texts({"/srv/x/y", "/srv"}))
      .property("ReadWritePaths", texts({"/srv/x"}));
  EXPECT_EQ(paths(), (Paths{"/srv", "/srv/x", "/srv/x/y"}));
}

TEST_F(MountEntriesTest, AreDroppedIfTheirParentHasTheSameAccess) {
  world_.property("ReadOnlyPaths", texts({"/srv", "/srv/x", "/srvx"}));
  EXPECT_EQ(paths(), (Paths{"/srv", "/srvx"}));
}

TEST_F(MountEntriesTest, AreDroppedBelowAnInaccessiblePath) {
  world_.property("InaccessiblePaths", texts({"/srv"}))
      .property("ReadWritePaths", texts({"/srv/x"}));
  EXPECT_EQ(paths(), (Paths{"/srv"}));
}

TEST_F(MountEntriesTest, AreComparedWhereTheirLinksLead) {
  world_.property("ReadOnlyPaths", texts({"/usr", "/lib"}));
  follow_ = [](const std::string& path) { return path == "/lib" ? "/usr/lib" : path; };
  EXPECT_EQ(paths(), (Paths{"/usr"}));
}

// Asked of systemd 252: with /alink the program in /srv/x starts, with /zlink it does not. A link
// behind its target in the order of paths is followed when the target has been mounted.
TEST_F(MountEntriesTest, AreMergedWithALinkOnlyIfItComesFirst) {
  follow_ = [](const std::string& path) {
    return path == "/alink" || path == "/zlink" ? "/srv/x" : path;
  };
  world_.property("NoExecPaths", texts({"/srv/x"}))
      .property("ReadOnlyPaths", texts({"/srv", "/alink"}));
  EXPECT_EQ(paths(), (Paths{"/srv"}));
  world_.property("ReadOnlyPaths", texts({"/srv", "/zlink"}));
  EXPECT_EQ(paths(), (Paths{"/srv", "/srv/x"}));
}

// What is dropped is dropped before a link is followed that leads to the same path.
TEST_F(MountEntriesTest, AreComparedBeforeLinksAreFollowed) {
  follow_ = [](const std::string& path) { return path == "/alink" ? "/srv/x" : path; };
  world_.property("NoExecPaths", texts({"/alink"}))
      .property("ReadOnlyPaths", texts({"/srv", "/srv/x"}));
  EXPECT_EQ(paths(), (Paths{"/srv", "/srv/x"}));
}

TEST_F(MountEntriesTest, OfOnePathAreMerged) {
  world_.property("ReadOnlyPaths", texts({"/srv"}))
      .property("ExecPaths", texts({"/srv"}))
      .property("NoExecPaths", texts({"/srv"}));
  View see = world_.view();
  FactReader look(see);
  const auto all = mount_entries(look, true, follow_);
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all[0].mode, EntryMode::readonly);
  EXPECT_EQ(all[0].may_execute, false);
}

TEST_F(MountEntriesTest, WithoutASandboxAreThoseThatAreNoPartOfIt) {
  world_.property("ReadOnlyPaths", texts({"/srv"})).property("ReadWritePaths", texts({"/opt"}));
  EXPECT_EQ(paths(false), (Paths{"/opt"}));
}
}  // namespace
}  // namespace checklist::checks
