// SPDX-License-Identifier: MIT
#include "checks/devices/device_access.hpp"

#include <gtest/gtest.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_device;
using testing::a_directory;
using testing::a_gpu_world;
using testing::llama;
using testing::pairs;
using testing::texts;
using testing::video;
using testing::World;

class DeviceAccessTest : public ::testing::Test {
 protected:
  DeviceAccess access(DeviceUse use = DeviceUse::rw) {
    auto view = world_.view();
    FactReader look(view);
    const DeviceContext scene = device_context(look, "x.service");
    DeviceAccess out = device_access({.path = "/dev/nvidia0", .use = use}, scene, who_, look);
    has_gap_ = look.gap().has_value();
    return out;
  }

  Denial denial(DeviceUse use = DeviceUse::rw) {
    const Denial out = access(use).denial;
    EXPECT_FALSE(has_gap_);
    return out;
  }

  World world_ = a_gpu_world();
  semantics::Credentials who_{.uid = llama, .gid = llama, .groups = {video}};
  bool has_gap_ = false;
};

TEST_F(DeviceAccessTest, SaysWhyAccessIsGranted) {
  const DeviceAccess by_group = access();
  EXPECT_EQ(by_group.denial, Denial::none);
  EXPECT_EQ(by_group.at, "/dev/nvidia0");
  EXPECT_EQ(by_group.grant,
            (semantics::Grant{.to = semantics::GrantedTo::owning_group, .id = video}));
}

TEST_F(DeviceAccessTest, NeedsOnlyTheBitsOfTheUse) {
  world_.with(NodeKey{"/dev/nvidia0"}, a_device(0640));
  EXPECT_EQ(denial(DeviceUse::r), Denial::none);
  EXPECT_EQ(denial(DeviceUse::w), Denial::mode);
  EXPECT_EQ(denial(DeviceUse::rw), Denial::mode);
  EXPECT_FALSE(access().grant);
}

TEST_F(DeviceAccessTest, DeniesInTheKernelsOrder) {
  world_.text("DevicePolicy", "closed");
  EXPECT_EQ(denial(), Denial::device_policy);
  world_.with(NodeKey{"/dev/nvidia0"}, a_device(0600));
  EXPECT_EQ(denial(), Denial::mode);
  world_.with(NodeKey{"/dev"}, a_directory(0750));
  EXPECT_EQ(denial(), Denial::search);
  EXPECT_EQ(access().at, "/dev");
  EXPECT_EQ(access().node, a_directory(0750));
}

TEST_F(DeviceAccessTest, DistinguishesWhatTheUnitHidesFromWhatTheHostLacks) {
  world_.with(NodeKey{"/dev/nvidia0"}, Node{});
  EXPECT_EQ(denial(), Denial::missing);
  EXPECT_EQ(access().setting, "");
  world_.property("PrivateDevices", Value{true});
  EXPECT_EQ(denial(), Denial::hidden);
  EXPECT_EQ(access().setting, "PrivateDevices=yes");
  world_.property("BindPaths", pairs({{"/dev/nvidia0", "/dev/nvidia0"}}));
  EXPECT_EQ(denial(), Denial::missing);
  world_.with(NodeKey{"/dev/nvidia0"}, a_device());
  EXPECT_EQ(denial(), Denial::none);
  world_.property("PrivateDevices", Value{false})
      .property("InaccessiblePaths", texts({"/dev/nvidia0"}));
  EXPECT_EQ(denial(), Denial::inaccessible);
}

TEST_F(DeviceAccessTest, HidesWhatAnotherRootLacks) {
  world_.text("RootDirectory", "/srv")
      .text("FragmentPath", "/x.service")
      .with(UnitFileKey{"/x.service"},
            UnitFile{.exists = true, .directives = {{"Service", "MountAPIVFS", "no"}}})
      .with(NodeKey{"/srv"}, a_directory())
      .with(NodeKey{"/srv/dev"}, a_directory())
      .with(NodeKey{"/srv/dev/nvidia0"}, Node{});
  EXPECT_EQ(denial(), Denial::hidden);
  EXPECT_EQ(access().setting, "RootDirectory=/srv");
}

TEST_F(DeviceAccessTest, WantsADeviceOnAFileSystemWithDevices) {
  Node node = a_device();
  node.type = NodeType::other;
  EXPECT_EQ((world_.with(NodeKey{"/dev/nvidia0"}, node), denial()), Denial::not_a_device);
  node.type = NodeType::block;
  EXPECT_EQ((world_.with(NodeKey{"/dev/nvidia0"}, node), denial()), Denial::none);
  node.no_dev = true;
  EXPECT_EQ((world_.with(NodeKey{"/dev/nvidia0"}, node), denial()), Denial::no_dev);
}

TEST_F(DeviceAccessTest, NamesTheSliceWhosePolicyDenies) {
  world_.with(PropertyKey{"-.slice", "DeviceAllow"}, pairs({{"char-mem", "rw"}}));
  EXPECT_EQ(denial(), Denial::slice_policy);
  EXPECT_EQ(access().unit, "-.slice");
  EXPECT_EQ(access().policy.decision, PolicyDecision::denied);
  world_.property("DeviceAllow", pairs({{"/dev/nvidia0", "r"}}));
  EXPECT_EQ(denial(), Denial::device_policy);
  EXPECT_EQ(access().unit, "x.service");
  EXPECT_EQ(access().policy.decision, PolicyDecision::too_few);
}

TEST_F(DeviceAccessTest, IsUnclearInAnImageAndHasAGapAtAnUnseenNode) {
  world_.with(NodeKey{"/dev/nvidia0"}, Unseen{"permission", "access denied", ""});
  (void)access();
  EXPECT_TRUE(has_gap_);
  world_.property("MountImages", pairs({{"/x.raw", "/dev"}}));
  EXPECT_EQ(denial(), Denial::unclear);
}
}  // namespace
}  // namespace checklist::checks
