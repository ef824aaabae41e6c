// SPDX-License-Identifier: MIT
#include "checks/devices/device_policy.hpp"

#include <functional>

#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_device;
using testing::a_gpu_world;
using testing::pairs;

PolicyVerdict judged(const std::string& policy, std::vector<DeviceAllow> allow,
                     const std::string& letters = "rw", const Node& device = a_device()) {
  auto world = a_gpu_world();
  auto view = world.view();
  FactReader look(view);
  const PolicyVerdict out = judge(
      {.unit = "x.service", .policy = policy, .allow = std::move(allow)}, device, letters, look);
  EXPECT_FALSE(look.gap());
  return out;
}

PolicyDecision says(const std::string& policy, std::vector<DeviceAllow> allow,
                    const std::string& letters = "rw", const Node& device = a_device()) {
  return judged(policy, std::move(allow), letters, device).decision;
}

TEST(DevicePolicy, AutoAllowsEverythingUntilSomethingIsAllowed) {
  EXPECT_EQ(says("auto", {}), PolicyDecision::allowed);
  EXPECT_EQ(says("auto", {{"char-mem", "rw"}}), PolicyDecision::denied);
  EXPECT_EQ(says("closed", {}), PolicyDecision::denied);
  EXPECT_EQ(says("strict", {}), PolicyDecision::denied);
}

TEST(DevicePolicy, AnEntryCoversByPathNumberClassOrAll) {
  for (const char* entry :
       {"/dev/nvidia0", "/dev/char/195:0", "char-nvidia", "char-nv*", "char-195", "char-*"}) {
    EXPECT_EQ(says("closed", {{entry, "rwm"}}), PolicyDecision::allowed) << entry;
  }
  for (const char* entry : {"/dev/char/195:1", "block-*", "block-195", "char-mem", "/sys/x"}) {
    EXPECT_EQ(says("closed", {{entry, "rwm"}}), PolicyDecision::denied) << entry;
  }
}

TEST(DevicePolicy, OneEntryMustHaveEveryLetter) {
  EXPECT_EQ(says("closed", {{"char-nvidia", "r"}, {"/dev/nvidia0", "w"}}), PolicyDecision::too_few);
  EXPECT_EQ(says("closed", {{"char-nvidia", "r"}}, "r"), PolicyDecision::allowed);
}

TEST(DevicePolicy, NamesTheClassThatTheKernelDoesNotHave) {
  const auto verdict = judged("closed", {{"char-mem", "rw"}, {"char-nvidia-frontend", "rw"}});
  EXPECT_EQ(verdict.decision, PolicyDecision::no_class);
  EXPECT_EQ(verdict.entry, "char-nvidia-frontend");
}

TEST(DevicePolicy, AListAlwaysHasNullAndTheTerminalsUnlessItIsStrict) {
  Node null = a_device();
  null.major = 1;
  null.minor = 3;
  EXPECT_EQ(says("closed", {}, "rw", null), PolicyDecision::allowed);
  EXPECT_EQ(says("strict", {}, "rw", null), PolicyDecision::denied);
  Node terminal = a_device();
  terminal.major = 136;
  EXPECT_EQ(says("auto", {{"char-mem", "r"}}, "rw", terminal), PolicyDecision::allowed);
}

// A list that was resolved before the node was there.
PolicyVerdict resolved_before(const Node& device, const char* entry,
                              const std::function<void(testing::World&)>& change) {
  auto world = a_gpu_world();
  testing::with_clocks(world).with(NodeKey{"/dev/nvidia0"}, device);
  change(world);
  auto view = world.view();
  FactReader look(view);
  const PolicyVerdict out = judge({.unit = "x.service",
                                   .policy = "closed",
                                   .allow = {{entry, "rw"}},
                                   .resolved = TimePoint{testing::entered}},
                                  device, "rw", look);
  EXPECT_FALSE(look.gap());
  return out;
}

TEST(DevicePolicy, CoversWhatWasThereWhenTheListWasResolved) {
  const auto nothing = [](testing::World&) {};
  Node device = a_device();
  device.born = WallTime{testing::entered - std::chrono::seconds{1}};
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0", nothing).decision, PolicyDecision::allowed);
  device.born = WallTime{testing::entered + std::chrono::seconds{1}};
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0", nothing).decision, PolicyDecision::too_late);
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0", nothing).entry, "/dev/nvidia0");
  for (const char* entry : {"/dev/char/195:0", "char-195", "char-*", "char-nvidia"}) {
    EXPECT_EQ(resolved_before(device, entry, nothing).decision, PolicyDecision::allowed) << entry;
  }
  device.former = {{.born = WallTime{}, .gone = TimePoint{testing::present}}};
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0", nothing).decision, PolicyDecision::allowed);
}

TEST(DevicePolicy, AClassThatAppearedLaterIsNotCovered) {
  const auto late = [](testing::World& world) {
    world.with(
        DeviceClassesKey{},
        std::vector<DeviceClass>{
            {.name = "nvidia", .major = 195, .absent = TimePoint{testing::entered + Duration{1}}}});
  };
  EXPECT_EQ(resolved_before(a_device(), "char-nvidia", late).decision, PolicyDecision::too_late);
  EXPECT_EQ(resolved_before(a_device(), "char-195", late).decision, PolicyDecision::allowed);
}

TEST(DevicePolicy, SetPropertyResolvesTheListAgain) {
  Node device = a_device();
  device.born = WallTime{testing::entered + std::chrono::seconds{1}};
  const auto with_drop_in = [](const std::string& path) {
    return [path](testing::World& world) {
      FileStatus file;
      file.type = "regular";
      file.modified = WallTime{testing::entered + std::chrono::seconds{5}};
      world.property("DropInPaths", testing::texts({path})).with(FileKey{path}, file);
    };
  };
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0",
                            with_drop_in("/run/systemd/system.control/x.service.d/50-w.conf"))
                .decision,
            PolicyDecision::allowed);
  EXPECT_EQ(resolved_before(device, "/dev/nvidia0",
                            with_drop_in("/etc/systemd/system/x.service.d/w.conf"))
                .decision,
            PolicyDecision::too_late);
}

TEST(DevicePolicy, AReloadResolvesEveryListAndAStartOnlyTheUnitsOwn) {
  auto world = a_gpu_world();
  const TimePoint started{testing::present};
  world.text("DevicePolicy", "closed")
      .with(PropertyKey{"system.slice", "DevicePolicy"}, Value{std::string("closed")});
  {
    auto view = world.view();
    FactReader look(view);
    const auto policies = device_policies(look, "x.service", started);
    EXPECT_EQ(policies[0].resolved, started);
    EXPECT_EQ(policies[1].resolved, TimePoint{testing::booted});
    EXPECT_EQ(policies[2].resolved, std::nullopt);  // -.slice restricts nothing
    EXPECT_EQ(device_policies(look, "x.service", std::nullopt)[0].resolved, std::nullopt);
  }
  Host host;
  host.loaded = started + Duration{1};
  world.with(HostKey{}, host);
  auto view = world.view();
  FactReader look(view);
  const auto policies = device_policies(look, "x.service", started);
  EXPECT_EQ(policies[0].resolved, host.loaded);
  EXPECT_EQ(policies[1].resolved, host.loaded);
}

TEST(DevicePolicy, AsksTheSlicesAboveFromNearToFar) {
  auto world = a_gpu_world();
  world.text("Slice", "ml-gpu.slice");
  for (const char* slice : {"ml-gpu.slice", "ml.slice"}) {
    world.with(PropertyKey{slice, "InactiveExitTimestampMonotonic"}, Value{std::uint64_t{0}});
    world.with(PropertyKey{slice, "DevicePolicy"}, Value{std::string("closed")})
        .with(PropertyKey{slice, "DeviceAllow"}, pairs({{"char-nvidia", "rw"}}));
  }
  auto view = world.view();
  FactReader look(view);
  const auto policies = device_policies(look, "x.service", std::nullopt);
  ASSERT_EQ(policies.size(), 4U);
  EXPECT_EQ(policies[1].unit, "ml-gpu.slice");
  EXPECT_EQ(policies[2], (DevicePolicy{"ml.slice", "closed", {{"char-nvidia", "rw"}}}));
  EXPECT_EQ(policies[3].unit, "-.slice");
}
}  // namespace
}  // namespace checklist::checks
