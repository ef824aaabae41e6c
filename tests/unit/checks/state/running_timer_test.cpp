// SPDX-License-Identifier: MIT
// What a repetitive timer makes of its unit is in schedule_test.cpp.
#include "checks/state/running_timer.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::usec;
using testing::World;

Value setting(const std::string& name, Duration interval) {
  return Value{Values{Value{Values{Value{name}, Value{usec(interval)}, Value{std::uint64_t{1}}}}}};
}

// A timer that triggered x.service, a oneshot, at one hour.
World a_timer(const std::string& name, Duration interval) {
  World world = testing::a_world("x.timer");
  return world.text("Unit", "x.service")
      .property("TimersMonotonic", setting(name, interval))
      .property("TimersCalendar", Value{Values{}})
      .number("LastTriggerUSecMonotonic", usec(1h))
      .number("RandomizedDelayUSec", 0)
      .number("AccuracyUSec", usec(1min))
      .with(UnitKey{"x.service"}, testing::a_unit("x.service", ActiveState::activating, "start"))
      .with(PropertyKey{"x.service", "Type"}, Value{std::string("oneshot")})
      .with(PropertyKey{"x.service", "InactiveExitTimestampMonotonic"}, Value{usec(1h)});
}

std::string reason(World& world, Duration now) {
  View see = world.at(now).view();
  return running_timer(see, "next", "will trigger again").reason;
}

TEST(RunningTimer, CountsTheIntervalBetweenActivations) {
  World world = a_timer("OnUnitActiveUSec", 10min);
  EXPECT_EQ(reason(world, 1h + 30min), "") << "the accuracy is added";
  EXPECT_EQ(reason(world, 1h + 31min), "hangs");
}

TEST(RunningTimer, KnowsNoEndOfARunWhereTheIntervalBeginsWithIt) {
  World world = a_timer("OnUnitInactiveUSec", 10min);
  EXPECT_EQ(reason(world, 100h), "");
}

TEST(RunningTimer, AllowsARunWithoutEndToATimerThatTriggersOnce) {
  World world = a_timer("OnBootUSec", 10min);
  View see = world.view();
  EXPECT_TRUE(is_done_for_this_boot(see));
  EXPECT_EQ(reason(world, 100h), "");
}
}  // namespace
}  // namespace checklist::checks
