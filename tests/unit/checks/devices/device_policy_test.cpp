// SPDX-License-Identifier: MIT
#include "checks/devices/device_policy.hpp"

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

TEST(DevicePolicy, AsksTheSlicesAboveFromNearToFar) {
  auto world = a_gpu_world();
  world.text("Slice", "ml-gpu.slice");
  for (const char* slice : {"ml-gpu.slice", "ml.slice"}) {
    world.with(PropertyKey{slice, "DevicePolicy"}, Value{std::string("closed")})
        .with(PropertyKey{slice, "DeviceAllow"}, pairs({{"char-nvidia", "rw"}}));
  }
  auto view = world.view();
  FactReader look(view);
  const auto policies = device_policies(look, "x.service");
  ASSERT_EQ(policies.size(), 4U);
  EXPECT_EQ(policies[1].unit, "ml-gpu.slice");
  EXPECT_EQ(policies[2], (DevicePolicy{"ml.slice", "closed", {{"char-nvidia", "rw"}}}));
  EXPECT_EQ(policies[3].unit, "-.slice");
}
}  // namespace
}  // namespace checklist::checks
