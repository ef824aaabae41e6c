// SPDX-License-Identifier: MIT
#include "checks/devices/device_age.hpp"

#include <gtest/gtest.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_device;
using testing::a_gpu_world;
using testing::booted;
using testing::entered;
using testing::usec;
using testing::with_clocks;
using testing::World;

constexpr WallTime now{1'700'000'000s};  // of the boot, by a clock that is right
const TimePoint started{entered};

Node born(WallTime at) {
  Node out = a_device();
  out.born = at;
  return out;
}

bool was_missing(World& world, const Node& node, TimePoint moment = started) {
  auto view = world.view();
  FactReader look(view);
  const bool out = NodeAges(look, "x.service").was_missing_at(node, moment);
  EXPECT_FALSE(look.gap());
  return out;
}

TEST(NodeAges, ComparesANodeWithAMoment) {
  World world = a_gpu_world();
  with_clocks(world, now);
  EXPECT_TRUE(was_missing(world, born(now + entered + 1s)));
  EXPECT_FALSE(was_missing(world, born(now + entered - 1s)));
  EXPECT_FALSE(was_missing(world, a_device()));
}

TEST(NodeAges, ALookAtWhichItWasMissingCountsToo) {
  World world = a_gpu_world();
  with_clocks(world, now);
  Node node = a_device();
  node.absent = started + 1s;
  EXPECT_TRUE(was_missing(world, node));
  node.absent = started - 1s;
  EXPECT_FALSE(was_missing(world, node));
}

TEST(NodeAges, ANodeOfItsNumberThatWasThereBeforeCounts) {
  World world = a_gpu_world();
  with_clocks(world, now);
  Node node = born(now + entered + 1h);
  node.former = {{.born = now + booted, .absent = std::nullopt, .gone = started + 30min}};
  EXPECT_FALSE(was_missing(world, node));
  EXPECT_TRUE(was_missing(world, node, started + 40min));
}

// By a clock that time synchronisation sets from 1970 to now, or that the manager sets back because
// the RTC is in local time, a node must not seem younger than it is.
TEST(NodeAges, AClockThatWasSetForwardMakesNodesSeemOlder) {
  World world = a_gpu_world();
  with_clocks(world, WallTime{}).with(WallClockKey{}, now);
  EXPECT_FALSE(was_missing(world, born(WallTime{} + booted)));
  EXPECT_TRUE(was_missing(world, born(now + entered + 1s)));
}

TEST(NodeAges, AClockThatWasSetBackBeforeTheStartCausesNoAlarm) {
  World world = a_gpu_world();
  with_clocks(world, now)
      .with(PropertyKey{"-.slice", "ActiveEnterTimestamp"},
            Value{usec((now + 2h + booted).time_since_epoch())});
  EXPECT_FALSE(was_missing(world, born(now + 2h + booted + 1s)));
  EXPECT_TRUE(was_missing(world, born(now + 2h + entered + 1s)));
}

TEST(NodeAges, AClockThatTheManagerItselfSetBackCausesNone) {
  World world = a_gpu_world();
  with_clocks(world, now).with(NodeKey{"/dev/null"}, born(now + 2h + 1s));
  EXPECT_FALSE(was_missing(world, born(now + 2h + 5s)));
  EXPECT_TRUE(was_missing(world, born(now + 2h + entered + 2s)));
}

TEST(NodeAges, AProcessIsAsOldAsTheKernelSays) {
  World world = a_gpu_world();
  world.number("MainPID", 7).with(ProcessKey{7}, testing::a_process(testing::llama, {}));
  auto view = world.view();
  FactReader look(view);
  EXPECT_EQ(process_started(look, "x.service"), started);
}

TEST(NodeAges, WithoutAMainProcessThereIsNone) {
  World world = a_gpu_world();
  {
    auto view = world.view();
    FactReader look(view);
    EXPECT_EQ(process_started(look, "x.service"), std::nullopt);
  }
  world.number("MainPID", 7).with(ProcessKey{7}, Unseen{"gone", "it has exited", ""});
  auto view = world.view();
  FactReader look(view);
  EXPECT_EQ(process_started(look, "x.service"), std::nullopt);
  EXPECT_FALSE(look.gap());
}
}  // namespace
}  // namespace checklist::checks
