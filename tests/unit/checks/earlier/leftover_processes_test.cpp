// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_running_service;
using testing::a_service_in;
using testing::usec;
using testing::World;

// Process 100 is of this run, process 50 of an earlier one.
World a_service_with(const Observed<HeldFiles>& held, const std::string& mode = "process") {
  World world = a_running_service();
  world.text("KillMode", mode)
      .property("Delegate", Value{false})
      .with(MembersKey{testing::cgroup_of_service},
            std::vector<Member>{
                {.pid = 50, .started = TimePoint{testing::entered - 1min}, .cgroup = {}},
                {.pid = 100, .started = TimePoint{testing::entered + 1ms}, .cgroup = {}}})
      .with(HeldFilesKey{testing::cgroup_of_service}, held);
  return world;
}

std::string verdict(World& world) {
  View see = world.view();
  const auto out = leftover_processes(see);
  return out.empty() ? "none" : out[0].reason;
}

Leftover left(World& world) {
  View see = world.view();
  return leftover_of(see);
}

TEST(LeftoverProcesses, OfAServerThatKeepsThemMayListen) {
  World world = a_service_with(HeldFiles{.listening = {50}});
  EXPECT_EQ(verdict(world), "none");
  EXPECT_EQ(left(world), Leftover::listening);
}

TEST(LeftoverProcesses, AreTheSessionsOfAServerThatKeepsThem) {
  World world = a_service_with(HeldFiles{.listening = {100}});
  EXPECT_EQ(verdict(world), "none");
  EXPECT_EQ(left(world), Leftover::harmless);
}

TEST(LeftoverProcesses, FailWhereSystemdShouldHaveStoppedThem) {
  World world = a_service_with(HeldFiles{}, "control-group");
  EXPECT_EQ(verdict(world), "leftover");
}

TEST(LeftoverProcesses, AreUnclearIfNothingIsSeenOfThem) {
  World world = a_service_with(Unseen{"permission", "access denied", ""});
  EXPECT_EQ(verdict(world), "none");
  EXPECT_EQ(left(world), Leftover::unclear);
}

TEST(LeftoverProcesses, AreNoneOfADelegatedCgroupNorOfThisRun) {
  World world = a_service_with(HeldFiles{.listening = {50}});
  world.property("Delegate", Value{true});
  EXPECT_EQ(left(world), Leftover::none);
  world = a_service_with(HeldFiles{.listening = {50}});
  world.number("InactiveEnterTimestampMonotonic", usec(testing::entered - 2min));
  EXPECT_EQ(left(world), Leftover::none);
}

// PID 1 forks the first process, and under load notes only later that the unit is no longer
// inactive.
TEST(LeftoverProcesses, AreNoneOfTheFirstRunSinceTheBoot) {
  World world = a_service_with(HeldFiles{}, "control-group");
  world.number("InactiveEnterTimestampMonotonic", 0);
  EXPECT_EQ(verdict(world), "none");
}

TEST(LeftoverProcesses, AreNotTheFirstOfThisRunHoweverLateItsBeginningIsNoted) {
  World world = a_service_with(HeldFiles{}, "control-group");
  world.number("InactiveEnterTimestampMonotonic", usec(testing::entered - 5s))
      .number("InactiveExitTimestampMonotonic", usec(testing::entered))
      .with(MembersKey{testing::cgroup_of_service},
            std::vector<Member>{
                {.pid = 100, .started = TimePoint{testing::entered - 2s}, .cgroup = {}}});
  EXPECT_EQ(verdict(world), "none");
}

TEST(LeftoverProcesses, AreNoneIfTheyAreZombies) {
  World world = a_service_with(HeldFiles{.listening = {50}});
  world.with(MembersKey{testing::cgroup_of_service},
             std::vector<Member>{{.pid = 50, .started = {}, .cgroup = {}, .is_zombie = true}});
  EXPECT_EQ(left(world), Leftover::none);
}

TEST(LeftoverProcesses, AreEndedBeforeTheNextStart) {
  World world = a_service_in(ActiveState::inactive, "dead");
  world.text("ControlGroup", testing::cgroup_of_service)
      .with(MembersKey{testing::cgroup_of_service},
            std::vector<Member>{{.pid = 50, .started = {}, .cgroup = {}}});
  View see = world.view();
  EXPECT_NE(end_of_leftovers(see).find("systemctl kill x.service"), std::string::npos);
  World without = a_service_in(ActiveState::inactive, "dead");
  without.text("ControlGroup", "");
  View empty = without.view();
  EXPECT_EQ(end_of_leftovers(empty), "");
}
}  // namespace
}  // namespace checklist::checks
