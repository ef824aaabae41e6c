// SPDX-License-Identifier: MIT
#include "checks/devices/device_use.hpp"

#include <gtest/gtest.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_device;
using testing::a_gpu_world;
using testing::World;

const HeldFilesKey held{"/system.slice/x.service"};

std::string said(World& world) {
  const WantedDevices wanted{
      .nodes = {{.path = "/dev/nvidia0"}, {.path = "/dev/nvidiactl", .is_gpu = false}}};
  auto view = world.view();
  const Finding out = device_use(wanted, view);
  return out.reason.empty() ? out.observed : out.reason + ": " + out.observed;
}

World a_world_that_holds(std::vector<std::string> devices) {
  World world = a_gpu_world();
  Node control = a_device();
  control.minor = 255;
  return world.with(NodeKey{"/dev/nvidiactl"}, control)
      .text("ControlGroup", "/system.slice/x.service")
      .with(held, HeldFiles{.replaced = {}, .devices = std::move(devices)});
}

TEST(DeviceUse, IsAnOpenNodeOfAGpu) {
  World world = a_world_that_holds({"c 195:0", "c 195:255"});
  EXPECT_EQ(said(world), "a process of x.service has /dev/nvidia0 open");
  world = a_world_that_holds({"c 195:255"});
  EXPECT_EQ(said(world),
            "not_in_use: no process of x.service has /dev/nvidia0 open: it runs without a GPU");
}

TEST(DeviceUse, IsUnknownWithoutTheHelperAndMootWithoutAProcess) {
  World world = a_world_that_holds({});
  world.with(held, Unseen{"permission", "only root may look", "start the helper"});
  EXPECT_EQ(said(world), "permission: only root may look");
  world.with(UnitKey{"x.service"}, testing::a_unit("x.service", ActiveState::inactive, "dead"));
  EXPECT_EQ(said(world), "not_running: the unit is inactive");
}
}  // namespace
}  // namespace checklist::checks
