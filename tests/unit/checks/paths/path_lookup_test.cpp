// SPDX-License-Identifier: MIT
#include "checks/paths/path_lookup.hpp"

#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_device;
using testing::a_directory;
using testing::a_gpu_world;
using testing::a_link;
using testing::pairs;
using testing::texts;
using testing::World;

const semantics::Credentials a_user{.uid = 900, .gid = 900};
const semantics::Credentials powerful{.capabilities = ~0ULL};

class PathLookupTest : public ::testing::Test {
 protected:
  PathLookup to(const std::string& path, const semantics::Credentials& who = a_user) {
    auto view = world_.view();
    FactReader look(view);
    all_ = unit_mounts(look, "x.service");
    PathLookup out = resolve_path(path, all_, who, look);
    gap_ = look.gap().has_value();
    return out;
  }

  LookupStatus status(const std::string& path, const semantics::Credentials& who = a_user) {
    const LookupStatus out = to(path, who).status;
    EXPECT_FALSE(gap_);
    return out;
  }

  // As systemd reports BindPaths: (source, destination, whether it may miss, flags).
  void bind(const std::string& source, const std::string& path, bool may_miss = false) {
    world_.property("BindPaths",
                    Value{Values{Value{Values{Value{source}, Value{path}, Value{may_miss},
                                              Value{std::uint64_t{16384}}}}}});
  }

  World world_ = a_gpu_world();
  std::vector<UnitMount> all_;
  bool gap_ = false;
};

TEST_F(PathLookupTest, FindsANodeAndFollowsLinks) {
  world_.with(NodeKey{"/dev/gpu"}, a_link("nvidia0"))
      .with(NodeKey{"/dev/far"}, a_link("/dev/../dev/gpu"))
      .with(NodeKey{"/dev/loop"}, a_link("loop"))
      .with(NodeKey{"/dev/none"}, Node{});
  EXPECT_EQ(to("/dev/nvidia0").node, a_device());
  EXPECT_EQ(to("/dev/far").at, "/dev/nvidia0");
  EXPECT_EQ(status("/dev/loop"), LookupStatus::missing);
  EXPECT_EQ(status("/dev/none"), LookupStatus::missing);
  EXPECT_EQ(status("/dev/nvidia0/below"), LookupStatus::missing);
}

TEST_F(PathLookupTest, StopsAtADirectoryThatMayNotBeSearchedAlsoWhereNobodyCanLookInside) {
  world_.with(NodeKey{"/dev/dri"}, a_directory(0750))
      .with(NodeKey{"/dev/dri/renderD128"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(status("/dev/dri/renderD128"), LookupStatus::no_search);
  EXPECT_EQ(to("/dev/dri/renderD128", powerful).status, LookupStatus::unknown);
  EXPECT_TRUE(gap_);
}

TEST_F(PathLookupTest, APrivateDevHasNothingButWhatIsBound) {
  world_.property("PrivateDevices", Value{true});
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::missing);
  EXPECT_EQ(to("/dev/nvidia0").by->setting, "PrivateDevices=yes");
  bind("/dev/nvidia0", "/dev/own/nvidia0");
  EXPECT_EQ(status("/dev/own/nvidia0"), LookupStatus::found);
  EXPECT_EQ(status("/dev/own/nvidia1"), LookupStatus::missing);
}

TEST_F(PathLookupTest, InaccessibleSwallowsWhatIsBoundBelow) {
  world_.property("InaccessiblePaths", texts({"-/dev"}));
  bind("/dev/nvidia0", "/dev/nvidia0");
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::no_search);
  EXPECT_EQ(status("/dev/nvidia0", powerful), LookupStatus::missing);
  world_.property("InaccessiblePaths", texts({"/dev/nvidia0"}));
  EXPECT_EQ(status("/dev/nvidia0", powerful), LookupStatus::no_open);
}

// The path is one of the other root, where the file is and the host has none.
TEST_F(PathLookupTest, InaccessibleCoversTheFileOfAnotherRoot) {
  world_.property("RootDirectory", Value{std::string("/srv/root")})
      .property("MountAPIVFS", Value{false})
      .property("InaccessiblePaths", texts({"+/opt/nvidia0"}))
      .with(NodeKey{"/opt/nvidia0"}, Node{})
      .with(NodeKey{"/srv"}, a_directory())
      .with(NodeKey{"/srv/root"}, a_directory())
      .with(NodeKey{"/srv/root/opt"}, a_directory())
      .with(NodeKey{"/srv/root/opt/nvidia0"}, testing::a_device());
  EXPECT_EQ(status("/opt/nvidia0", powerful), LookupStatus::no_open);
  EXPECT_EQ(to("/opt/nvidia0", powerful).by->setting, "InaccessiblePaths=+/opt/nvidia0");
}

TEST_F(PathLookupTest, SeesWhatIsBoundUnlessItMayMiss) {
  world_.with(NodeKey{"/dev/nvidia7"}, Node{});
  bind("/dev/nvidia7", "/dev/nvidia0", true);
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::found);
  bind("/dev/nvidia7", "/dev/nvidia0");
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::missing);
}

TEST_F(PathLookupTest, HasTheDirectoriesAboveWhatIsBound) {
  for (const char* missing : {"/none", "/none/below", "/none/other"}) {
    world_.with(NodeKey{missing}, Node{});
  }
  bind("/dev", "/none/below/dev");
  EXPECT_EQ(to("/none/below/dev/nvidia0").node, a_device());
  EXPECT_EQ(status("/none/other"), LookupStatus::missing);
}

TEST_F(PathLookupTest, WhatIsBoundOverALinkCoversWhereItLeadsUnlessTheLinkIsGone) {
  world_.with(NodeKey{"/dev/gpu"}, a_link("nvidia0"))
      .with(NodeKey{"/dev/zero"}, a_device(0666, 0, 5));
  bind("/dev/zero", "/dev/gpu");
  EXPECT_EQ(to("/dev/nvidia0").node.minor, 5U);
  world_.property("TemporaryFileSystem", pairs({{"/dev", ""}}));
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::missing);
  EXPECT_EQ(to("/dev/gpu").node.minor, 5U);
}

TEST_F(PathLookupTest, AnotherRootHasTheHostsDevicesUnlessItsFilesSayNo) {
  world_.text("RootDirectory", "/srv")
      .with(NodeKey{"/srv"}, a_directory())
      .with(NodeKey{"/srv/dev"}, a_directory())
      .with(NodeKey{"/srv/dev/nvidia0"}, Node{});
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::found);
  world_.text("FragmentPath", "/x.service")
      .with(UnitFileKey{"/x.service"},
            UnitFile{.exists = true, .directives = {{"Service", "MountAPIVFS", "no"}}});
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::missing);
  world_.text("RootImage", "/x.raw");
  EXPECT_EQ(status("/dev/nvidia0"), LookupStatus::unknown);
}
}  // namespace
}  // namespace checklist::checks
