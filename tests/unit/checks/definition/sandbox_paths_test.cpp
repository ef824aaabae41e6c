// SPDX-License-Identifier: MIT
#include "checks/definition/sandbox_paths.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_start_world;
using testing::pairs;
using testing::texts;
using testing::World;

class SandboxPathsTest : public ::testing::Test {
 protected:
  SandboxPathsTest() {
    for (const char* path : {"/home", "/root", "/run", "/run/user", "/srv/there"}) {
      world_.with(NodeKey{path}, a_directory());
    }
  }

  std::string verdict() {
    View see = world_.view();
    FactReader look(see);
    StartContext start = start_context(look);
    start.created = created_;
    const Findings all = missing_sandbox_paths(start, made_directories(look), see);
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  // As systemd reports BindPaths: (source, destination, whether it may miss, flags).
  void bind(const std::string& source, const std::string& path, bool may_miss = false) {
    world_.property("BindPaths",
                    Value{Values{Value{Values{Value{source}, Value{path}, Value{may_miss},
                                              Value{std::uint64_t{16384}}}}}});
  }

  World world_ = a_start_world().with(NodeKey{"/srv/none"}, Node{});
  CreatedFiles created_;
};

TEST_F(SandboxPathsTest, MustBeThereWithoutADash) {
  for (const char* list :
       {"ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths"}) {
    world_.property(list, texts({"/srv/there", "-/srv/none"}));
    EXPECT_EQ(verdict(), "") << list;
    world_.property(list, texts({"/srv/none"}));
    EXPECT_EQ(verdict(), "fail start_file_missing") << list;
    world_.property(list, texts({}));
  }
}

TEST_F(SandboxPathsTest, OfTheSandboxAreNotUsedByCommandsThatHaveNone) {
  world_.property("ReadOnlyPaths", texts({"/srv/none"}))
      .property("ExecStartEx",
                Value{Values{testing::a_start_command("/usr/bin/x", {"privileged"})}});
  EXPECT_EQ(verdict(), "");
  world_.property("ReadWritePaths", texts({"/srv/none"}));
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(SandboxPathsTest, MustNotBeLinksThatLeadNowhere) {
  Node link;
  link.type = NodeType::symlink;
  link.link = "none";
  world_.with(NodeKey{"/srv/dangling"}, link);
  for (const char* list : {"ReadOnlyPaths", "InaccessiblePaths"}) {
    world_.property(list, texts({"/srv/dangling"}));
    EXPECT_EQ(verdict(), "fail start_file_missing") << list;
    world_.property(list, texts({}));
  }
}

TEST_F(SandboxPathsTest, AreNotLookedForWhereAMountAboveMakesThemRedundant) {
  world_.text("ProtectSystem", "strict").property("ReadOnlyPaths", texts({"/srv/none"}));
  EXPECT_EQ(verdict(), "");
  world_.property("ReadWritePaths", texts({"/srv"}));
  EXPECT_EQ(verdict(), "fail start_file_missing") << "read-only below writable";
  world_.property("ReadOnlyPaths", texts({}))
      .property("ReadWritePaths", texts({"/srv", "/srv/none"}));
  EXPECT_EQ(verdict(), "");
  world_.property("InaccessiblePaths", texts({"/srv"}))
      .property("ReadWritePaths", texts({"/srv/none"}));
  EXPECT_EQ(verdict(), "");
}

TEST_F(SandboxPathsTest, BelowAnEmptyFileSystemAreMissing) {
  world_.property("ReadWritePaths", texts({"/srv/there"}))
      .property("TemporaryFileSystem", pairs({{"/srv", ""}}));
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(SandboxPathsTest, MayBeFilesThatTheStreamsCreate) {
  created_ = {"/srv/none"};
  for (const char* list : {"ReadWritePaths", "InaccessiblePaths"}) {
    world_.property(list, texts({"/srv/none"}));
    EXPECT_EQ(verdict(), "") << list;
    world_.property(list, texts({}));
  }
  bind("/srv/there", "/srv/none");
  EXPECT_EQ(verdict(), "fail in_the_way");
}

TEST_F(SandboxPathsTest, AreMadeByTheStartItself) {
  world_.property("ReadWritePaths", texts({"/var/lib/x"})).property("StateDirectory", texts({"x"}));
  EXPECT_EQ(verdict(), "");
}

TEST_F(SandboxPathsTest, OfBindsNeedTheirSource) {
  world_.with(NodeKey{"/srv/to"}, Node{});
  bind("/srv/there", "/srv/to");
  EXPECT_EQ(verdict(), "");
  bind("/srv/none", "/srv/to", true);
  EXPECT_EQ(verdict(), "");
  bind("/srv/none", "/srv/to");
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(SandboxPathsTest, OfBindsMustBeOfOneKind) {
  world_.with(NodeKey{"/srv/file"}, testing::a_regular_file());
  bind("/srv/file", "/srv/there");
  EXPECT_EQ(verdict(), "fail in_the_way");
}

TEST_F(SandboxPathsTest, OutsideOfAnotherRootDoNotMatter) {
  world_.text("RootDirectory", "/srv/there")
      .property("ReadWritePaths", texts({"/srv/none"}))
      .with(NodeKey{"/srv/there/none"}, Node{});
  EXPECT_EQ(verdict(), "");
  world_.property("ReadWritePaths", texts({"+/none"}));
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(SandboxPathsTest, OfNamespacesAndRootsAreTheHosts) {
  for (const char* setting : {"NetworkNamespacePath", "IPCNamespacePath"}) {
    world_.text(setting, "/srv/none");
    EXPECT_EQ(verdict(), "fail start_file_missing") << setting;
    Node stale = testing::a_regular_file(0);
    world_.text(setting, "/srv/ns").with(NodeKey{"/srv/ns"}, stale);
    EXPECT_EQ(verdict(), "fail in_the_way") << setting;
    stale.is_namespace = true;
    world_.with(NodeKey{"/srv/ns"}, stale);
    EXPECT_EQ(verdict(), "") << setting;
    world_.text(setting, "");
  }
  world_.text("RootDirectory", "/srv/none");
  EXPECT_EQ(verdict(), "fail start_file_missing");
  world_.text("RootDirectory", "").property("ExtensionDirectories", texts({"-/srv/none"}));
  EXPECT_EQ(verdict(), "");
  world_.property("ExtensionDirectories", texts({"/srv/none"}));
  EXPECT_EQ(verdict(), "fail start_file_missing");
}

TEST_F(SandboxPathsTest, AreUnknownWhereNobodyCanLook) {
  world_.property("ReadWritePaths", texts({"/srv/closed/x"}))
      .with(NodeKey{"/srv/closed"}, a_directory(0700))
      .with(NodeKey{"/srv/closed/x"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(verdict(), "unknown permission");
}
}  // namespace
}  // namespace checklist::checks
