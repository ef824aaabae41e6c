// SPDX-License-Identifier: MIT
#include "checks/devices/late_node.hpp"

#include <gtest/gtest.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_device;
using testing::a_gpu_world;
using testing::entered;
using testing::World;

const HeldFilesKey held{"/system.slice/x.service"};

class LateNode : public ::testing::Test {
 protected:
  Arrival after(Duration later, const std::string& path = "/dev/dri/renderD128") {
    Node node = a_device();
    node.born = WallTime{entered + later};
    auto view = world_.view();
    FactReader look(view);
    const Arrival out = arrival_of(node, path, TimePoint{entered}, "x.service", look);
    EXPECT_FALSE(look.gap());
    return out;
  }

  World world_ = testing::with_clocks(
      a_gpu_world().with(held, Unseen{"permission", "only root may look", ""}));
};

TEST_F(LateNode, IsLateUnlessItsProgramWasStillLoading) {
  EXPECT_EQ(after(-1s), Arrival::in_time);
  EXPECT_EQ(after(1s), Arrival::unclear);
  EXPECT_EQ(after(10s), Arrival::late);
}

TEST_F(LateNode, MayBeTheProgramsOwnDoing) {
  EXPECT_EQ(after(10s, "/dev/nvidia0"), Arrival::in_time);
  EXPECT_EQ(after(2min, "/dev/nvidia0"), Arrival::late);
  world_.property("PrivateUsers", Value{true});
  EXPECT_EQ(after(10s, "/dev/nvidia0"), Arrival::late);
}

TEST_F(LateNode, IsInTimeIfItIsOpen) {
  world_.with(held, HeldFiles{.replaced = {}, .devices = {"c 195:0"}});
  EXPECT_EQ(after(10s), Arrival::in_time);
  world_.with(held, HeldFiles{.replaced = {}, .devices = {"c 195:1"}});
  EXPECT_EQ(after(10s), Arrival::late);
}

TEST_F(LateNode, ANodeOfUnknownAgeIsInTime) {
  auto view = world_.view();
  FactReader look(view);
  EXPECT_EQ(arrival_of(a_device(), "/dev/nvidia0", TimePoint{}, "x.service", look),
            Arrival::in_time);
}
}  // namespace
}  // namespace checklist::checks
