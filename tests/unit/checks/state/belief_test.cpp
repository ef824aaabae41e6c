// SPDX-License-Identifier: MIT
#include "checks/state/belief.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_oneshot_in;
using testing::a_service_in;
using testing::World;

const std::string key = "/etc/key";

Findings failed() {
  return {fail({.subject = key, .reason = "missing", .expected = "exists"})};
}

std::string verdict(World& world) {
  View see = world.view();
  const Findings out = believed(see, {key}, failed());
  return std::string(text(out.at(0).status)) + " " + out.at(0).reason;
}

World a_settled_service() {
  return a_service_in(ActiveState::active, "running");
}

LookSinceKey since_entered() {
  return {key, TimePoint{testing::entered}};
}

TEST(Belief, IsInWhatWasSeenSinceTheUnitTurned) {
  World world = a_settled_service();
  world.with(since_entered(), true);
  EXPECT_EQ(verdict(world), "fail missing");
}

TEST(Belief, WaitsForANewerLook) {
  World world = a_settled_service();
  View see = world.view();
  (void)believed(see, {key}, failed());
  EXPECT_TRUE(world.facts().awaits(0));
  World late = a_settled_service();
  late.with(since_entered(), Unseen{"stale", "not looked at again", "start it"});
  EXPECT_EQ(verdict(late), "unknown stale");
}

TEST(Belief, IsInNothingThatAStartingUnitMayStillWrite) {
  World world = a_oneshot_in(ActiveState::activating, "start");
  world.with(since_entered(), true).at(testing::entered + 10s);
  EXPECT_EQ(verdict(world), "unknown starting");
  world.at(testing::entered + 2min);
  EXPECT_EQ(verdict(world), "fail missing");
}

TEST(Belief, LeavesAPassAsItIs) {
  World world = a_settled_service();
  View see = world.view();
  const Findings out = believed(see, {key}, {pass({.subject = key})});
  EXPECT_EQ(out.at(0).status, Status::pass);
}
}  // namespace
}  // namespace checklist::checks
