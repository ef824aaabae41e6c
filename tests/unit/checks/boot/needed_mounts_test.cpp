// SPDX-License-Identifier: MIT
#include "checks/boot/needed_mounts.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string mount = "var-lib-x.mount";

// x.service requires /var/lib/x/data; /var/lib/x was mounted after that time.
World mounted(Duration since, ActiveState active = ActiveState::active) {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  add_unit(world, mount, active);
  Host host;
  host.finished = TimePoint{10s};
  world.with(HostKey{}, host)
      .with(MountsKey{1}, std::vector<Mount>{a_mount("/"), a_mount("/var/lib/x")})
      .with(PropertyKey{mount, "FragmentPath"}, Value{std::string()})
      .with(PropertyKey{mount, "ActiveEnterTimestampMonotonic"}, Value{usec(since)})
      .with(PropertyKey{mount, "ConditionTimestampMonotonic"}, Value{usec(since)})
      .with(PropertyKey{mount, "ConditionResult"}, Value{true});
  edges(world, "x.service", "RequiresMountsFor", {"/var/lib/x/data"});
  edges(world, "x.service", "After", {mount, "-.mount"});
  return world;
}

Findings judged(World& world, ActiveState active = ActiveState::active) {
  View see = world.view();
  return needed_mounts(a_unit("x.service", active, "running"), see);
}

TEST(NeededMounts, FailForAMountMadeByHand) {
  World world = mounted(1h);
  const Findings findings = judged(world);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].subject, "RequiresMountsFor=/var/lib/x/data");
  EXPECT_EQ(findings[0].reason, "not_defined");
  EXPECT_EQ(findings[0].observed, "/var/lib/x was mounted by hand: nothing mounts it at boot");
}

TEST(NeededMounts, PassIfAUnitDefinesThem) {
  World world = mounted(1h);
  world.with(PropertyKey{mount, "FragmentPath"},
             Value{std::string("/run/systemd/generator/var-lib-x.mount")});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(NeededMounts, PassIfTheBootMadeThem) {
  World world = mounted(5s);
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(NeededMounts, PassForZfsAndBelowAutofs) {
  World world = mounted(1h);
  world.with(MountsKey{1}, std::vector<Mount>{a_mount("/"), a_mount("/var/lib/x", "zfs")});
  EXPECT_THAT(judged(world), IsEmpty());
  world.with(MountsKey{1}, std::vector<Mount>{a_mount("/"), a_mount("/var/lib", "autofs"),
                                              a_mount("/var/lib/x", "nfs")});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(NeededMounts, FailIfUnmountedUnderTheUnit) {
  World world = mounted(1h, ActiveState::inactive);
  EXPECT_EQ(judged(world).at(0).reason, "not_mounted");
  EXPECT_THAT(judged(world, ActiveState::inactive), IsEmpty());
  world.with(PropertyKey{mount, "ConditionResult"}, Value{false});
  EXPECT_THAT(judged(world), IsEmpty()) << "systemd skipped it";
  world.with(PropertyKey{mount, "ConditionResult"}, Value{true});
  edges(world, mount, "TriggeredBy", {"var-lib-x.automount"});
  EXPECT_THAT(judged(world), IsEmpty()) << "the next access mounts it";
}

TEST(NeededMounts, PathsOfTheRootFileSystemNeedNone) {
  World world = mounted(1h);
  edges(world, "x.service", "After", {"-.mount"});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(NeededMounts, AreUnknownIfAFactIs) {
  World world = mounted(1h);
  world.with(UnitKey{mount}, Unseen{"bus", "no bus", ""});
  EXPECT_EQ(judged(world).at(0).status, Status::unknown);
  world = mounted(1h);
  world.with(PropertyKey{"x.service", "RequiresMountsFor"}, Unseen{"bus", "no bus", ""});
  EXPECT_EQ(judged(world).at(0).status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
