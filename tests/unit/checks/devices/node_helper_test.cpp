// SPDX-License-Identifier: MIT
#include "checks/devices/node_helper.hpp"

#include <gtest/gtest.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_gpu_world;
using testing::World;

std::optional<std::string> obstacle(World& world) {
  auto view = world.view();
  FactReader look(view);
  auto out = helper_obstacle(look, "x.service");
  EXPECT_FALSE(look.gap());
  return out;
}

TEST(NodeHelper, WorksUnlessAnythingForbidsIt) {
  World world = a_gpu_world();
  EXPECT_EQ(obstacle(world), std::nullopt);
  world.property("NoNewPrivileges", Value{true});
  EXPECT_EQ(obstacle(world), "NoNewPrivileges=yes");
  world.text("User", "");
  EXPECT_EQ(obstacle(world), std::nullopt);
  world.property("DynamicUser", Value{true});
  EXPECT_EQ(obstacle(world), "NoNewPrivileges=yes");
}

TEST(NodeHelper, NeedsItsCapabilitiesAndTheHostsUsers) {
  World world = a_gpu_world();
  world.number("CapabilityBoundingSet", ~(1ULL << 27U));
  EXPECT_EQ(obstacle(world), "CapabilityBoundingSet= without CAP_MKNOD");
  world.number("CapabilityBoundingSet", 0);
  EXPECT_EQ(obstacle(world), "CapabilityBoundingSet= without CAP_SYS_MODULE");
  world.property("PrivateUsers", Value{true});
  EXPECT_EQ(obstacle(world), "PrivateUsers=yes");
}

TEST(NodeHelper, CreatesTheNodesOfOneVendor) {
  EXPECT_TRUE(is_made_by_helper("/dev/nvidia-uvm"));
  EXPECT_FALSE(is_made_by_helper("/dev/dri/renderD128"));
}
}  // namespace
}  // namespace checklist::checks
