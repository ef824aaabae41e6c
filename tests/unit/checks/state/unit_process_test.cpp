// SPDX-License-Identifier: MIT
#include "checks/state/unit_process.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::World;

const std::string x = "x.service";
const std::string cgroup = "/system.slice/x.service";

Member member(std::uint32_t pid, Duration started, std::string below = "") {
  return {.pid = pid, .started = TimePoint{started}, .cgroup = std::move(below)};
}

// Up, but systemd knows no main process.
World without_main(Observed<std::vector<Member>> members) {
  World world = testing::a_service_in(ActiveState::active, "running");
  world.number("MainPID", 0)
      .number("ControlPID", 0)
      .text("ControlGroup", cgroup)
      .with(MembersKey{cgroup}, std::move(members));
  return world;
}

std::uint32_t pid(World world) {
  View see = world.view();
  const auto found = unit_process(see);
  return found ? found->pid : UINT32_MAX;
}

TEST(UnitProcess, IsTheMainProcess) {
  World world = without_main(std::vector{member(8, 11min)});
  world.number("MainPID", 7).number("ExecMainStartTimestampMonotonic", 5);
  View see = world.view();
  EXPECT_EQ(*unit_process(see), (UnitProcess{.pid = 7, .started = TimePoint{5us}}));
}

TEST(UnitProcess, IsTheOldestOfTheCgroupWithoutAMainProcess) {
  World world = without_main(std::vector{member(8, 11min), member(7, 12min)});
  View see = world.view();
  EXPECT_EQ(*unit_process(see),
            (UnitProcess{.pid = 8, .started = TimePoint{11min + 10ms}, .is_main = false}));
}

TEST(UnitProcess, IsNoneThatWasLeftOverByAnotherRunIfThereIsAnother) {
  EXPECT_EQ(pid(without_main(std::vector{member(3, 9min), member(8, testing::entered - 5ms)})), 8U);
  EXPECT_EQ(pid(without_main(std::vector{member(3, 9min)})), 3U);
}

TEST(UnitProcess, IsNoControlProcess) {
  const std::vector<Member> all{member(8, 11min), member(9, 12min, "/.control"), member(10, 13min)};
  EXPECT_EQ(pid(without_main(all).number("ControlPID", 8)), 10U);
}

TEST(UnitProcess, IsNoZombie) {
  std::vector<Member> all{member(8, 11min), member(9, 12min)};
  all[0].is_zombie = true;
  EXPECT_EQ(pid(without_main(all)), 9U);
}

TEST(UnitProcess, IsNoneIfNoneIsLeft) {
  EXPECT_EQ(pid(without_main(std::vector<Member>())), 0U);
  EXPECT_EQ(pid(without_main(Unseen{"gone", "removed", ""})), 0U);
  EXPECT_EQ(pid(without_main(std::vector{member(8, 11min)}).text("ControlGroup", "")), 0U);
  EXPECT_EQ(pid(without_main(std::vector{member(8, 11min)})
                    .with(UnitKey{x}, testing::a_unit(x, ActiveState::inactive, "dead"))),
            0U);
}

TEST(UnitProcess, IsUnseenIfTheCgroupCannotBeRead) {
  World world = without_main(Unseen{"own_sandbox", "/proc hides processes", "unhide them"});
  View see = world.view();
  const auto found = unit_process(see);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.unseen().reason, "no_main_process");
  EXPECT_EQ(found.unseen().remedy, "unhide them");
}

TEST(UnitProcess, IsPendingWhileAPropertyIs) {
  World world = without_main(std::vector{member(8, 11min)});
  world.with(PropertyKey{x, "ControlPID"}, {});
  View see = world.view();
  EXPECT_EQ(unit_process(see).unseen().reason, "pending");
}

TEST(UnitProcess, OfOtherTypesThanServicesIsNone) {
  World world = testing::a_unit_in("x.socket", ActiveState::active, "listening");
  View see = world.view();
  EXPECT_EQ(*unit_process(see), UnitProcess{});
}
}  // namespace
}  // namespace checklist::checks
