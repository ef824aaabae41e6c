// SPDX-License-Identifier: MIT
#include "checks/devices/device_request.hpp"

#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_world;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::texts;
using testing::World;

constexpr std::array patterns{"/dev/nvidiactl",
                              "/dev/nvidia[0-9]*",
                              "/dev/nvidia-uvm",
                              "/dev/nvidia-uvm-tools",
                              "/dev/nvidia-modeset",
                              "/dev/nvidia-caps/nvidia-cap[3-9]",
                              "/dev/nvidia-caps/nvidia-cap[1-9][0-9]*",
                              "/dev/dxg"};

// A host on which the patterns of NVIDIA find what is given, and nothing else.
World a_host(std::map<std::string, std::vector<std::string>> found) {
  World world = a_world("x.service");
  testing::with_exec_defaults(world);
  for (const char* pattern : patterns) {
    world.with(GlobKey{pattern}, found[pattern]);
  }
  return world;
}

WantedDevices wanted(World& world, const DeviceRequest& request) {
  auto view = world.view();
  FactReader look(view);
  WantedDevices out = wanted_devices(request, "x.service", look);
  EXPECT_FALSE(look.gap());
  return out;
}

DeviceRequest of_nvidia() {
  DeviceRequest out;
  out.vendor = Vendor::nvidia;
  return out;
}

TEST(DeviceRequest, OfAVendorIsWhatIsThere) {
  World world = a_host({{"/dev/nvidiactl", {"/dev/nvidiactl"}},
                        {"/dev/nvidia[0-9]*", {"/dev/nvidia0", "/dev/nvidia1"}},
                        {"/dev/nvidia-caps/nvidia-cap[3-9]", {"/dev/nvidia-caps/nvidia-cap3"}}});
  const WantedDevices out = wanted(world, of_nvidia());
  const WantedDevice optional{"/dev/nvidia-caps/nvidia-cap3", DeviceUse::r, false, false};
  const WantedDevice control{"/dev/nvidiactl", DeviceUse::rw, true, false};
  EXPECT_THAT(out.nodes, ElementsAre(optional, WantedDevice{"/dev/nvidia0"},
                                     WantedDevice{"/dev/nvidia1"}, control));
  EXPECT_THAT(out.absent, IsEmpty());
  EXPECT_FALSE(out.no_gpu);
}

TEST(DeviceRequest, TellsWhatMustBeThereAndIsNot) {
  World world = a_host({{"/dev/nvidia[0-9]*", {"/dev/nvidia0"}}});
  EXPECT_THAT(wanted(world, of_nvidia()).absent, ElementsAre("/dev/nvidiactl"));
  World nothing = a_host({});
  EXPECT_TRUE(wanted(nothing, of_nvidia()).no_gpu);
}

TEST(DeviceRequest, NeedsUnifiedMemoryWhereNoHelperCanProvideIt) {
  World world =
      a_host({{"/dev/nvidiactl", {"/dev/nvidiactl"}}, {"/dev/nvidia[0-9]*", {"/dev/nvidia0"}}});
  EXPECT_THAT(wanted(world, of_nvidia()).absent, IsEmpty());
  world.text("User", "llama").property("NoNewPrivileges", Value{true});
  EXPECT_THAT(wanted(world, of_nvidia()).absent, ElementsAre("/dev/nvidia-uvm"));
  world.with(GlobKey{"/dev/nvidia-uvm"}, std::vector<std::string>{"/dev/nvidia-uvm"});
  const WantedDevices out = wanted(world, of_nvidia());
  EXPECT_THAT(out.absent, IsEmpty());
  EXPECT_THAT(out.nodes,
              ::testing::Contains(WantedDevice{"/dev/nvidia-uvm", DeviceUse::rw, true, false}));
}

TEST(DeviceRequest, UnderWindowsOneNodeStandsForAll) {
  World world = a_host({{"/dev/dxg", {"/dev/dxg"}}});
  const WantedDevices out = wanted(world, of_nvidia());
  EXPECT_THAT(out.nodes, ElementsAre(WantedDevice{"/dev/dxg"}));
  EXPECT_THAT(out.absent, IsEmpty());
}

TEST(DeviceRequest, APathIsWantedWhetherOrNotItIsThereAndAGlobFindsWhatIs) {
  World world = a_world("x.service");
  world.with(GlobKey{"/dev/dri/renderD*"}, std::vector<std::string>{"/dev/dri/renderD128"})
      .with(GlobKey{"/dev/dri/card*"}, std::vector<std::string>{});
  DeviceRequest request;
  request.devices = {{"/dev/kfd"}, {"/dev/dri/renderD*"}, {"/dev/dri/card*"}};
  request.access = DeviceUse::r;
  const WantedDevices out = wanted(world, request);
  EXPECT_THAT(out.nodes, ElementsAre(WantedDevice{"/dev/dri/renderD128", DeviceUse::r},
                                     WantedDevice{"/dev/kfd", DeviceUse::r}));
  EXPECT_THAT(out.absent, ElementsAre("/dev/dri/card*"));
}

TEST(DeviceRequest, WantsEitherDevicesOrAVendor) {
  ConfigErrors errors;
  DeviceRequest{}.validate("/at", errors);
  DeviceRequest both = of_nvidia();
  both.devices = {{"/dev/kfd"}};
  both.validate("/at", errors);
  of_nvidia().validate("/at", errors);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].found, "neither");
  EXPECT_EQ(errors[1].found, "both");
}
}  // namespace
}  // namespace checklist::checks
