// SPDX-License-Identifier: MIT
#include "checks/boot/later_mount.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A mount whose unit was activating at `began` and active at `done`; the boot ended at ten seconds.
World a_mounted(const std::string& point, const std::string& unit, Duration began, Duration done) {
  World world = a_world("x.service");
  add_targets(world);
  Host host;
  host.finished = TimePoint{10s};
  world.with(HostKey{}, host)
      .with(MountsKey{1}, std::vector<Mount>{a_mount("/"), a_mount(point)})
      .with(PropertyKey{unit, "InactiveExitTimestampMonotonic"}, Value{usec(began)})
      .with(PropertyKey{unit, "ActiveEnterTimestampMonotonic"}, Value{usec(done)})
      .with(PropertyKey{unit, "Options"}, Value{std::string("rw,nofail")});
  return world;
}

Findings judged(World& world, const std::string& path) {
  View see = world.view();
  return mounted_later(see, {path});
}

TEST(LaterMount, FailsForWhatAMountUnitMounts) {
  World world = a_mounted("/srv/late", "srv-late.mount", 4s, 5s);
  const Findings findings = judged(world, "/srv/late/x.service");
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].reason, "mounted_later");
  EXPECT_EQ(findings[0].observed,
            "/srv/late/x.service is on /srv/late, which is mounted after systemd has loaded its "
            "units");
}

TEST(LaterMount, FailsForWhatWasMountedByHand) {
  World world = a_mounted("/srv/late", "srv-late.mount", 90s, 90s);
  EXPECT_EQ(judged(world, "/srv/late/x.service").at(0).observed,
            "/srv/late/x.service is on /srv/late, which was mounted after the boot");
}

TEST(LaterMount, WhatPid1FoundWhenItStartedIsEarly) {
  World world = a_mounted("/srv/early", "srv-early.mount", 4s, 4s);
  EXPECT_THAT(judged(world, "/srv/early/x.service"), IsEmpty());
}

TEST(LaterMount, WhatTheInitrdMountsIsEarly) {
  World store = a_mounted("/nix/store", "nix-store.mount", 4s, 5s);
  EXPECT_THAT(judged(store, "/nix/store/x/x.service"), IsEmpty());
  World usr = a_mounted("/usr", "usr.mount", 4s, 5s);
  EXPECT_THAT(judged(usr, "/usr/lib/systemd/system/x.service"), IsEmpty());
  World var = a_mounted("/var", "var.mount", 4s, 5s);
  var.with(PropertyKey{"var.mount", "Options"}, Value{std::string("rw,x-initrd.mount")});
  EXPECT_THAT(judged(var, "/var/x.service"), IsEmpty());
}

TEST(LaterMount, SaysNothingOfAUsersUnit) {
  World world = a_mounted("/home", "home.mount", 4s, 5s);
  world.spec().user = "dev";
  EXPECT_THAT(judged(world, "/home/dev/.config/systemd/user/x.service"), IsEmpty());
}

TEST(LaterMount, IsUnknownIfTheMountsAre) {
  World world = a_mounted("/srv/late", "srv-late.mount", 4s, 5s);
  world.with(MountsKey{1}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(judged(world, "/srv/late/x.service").at(0).status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
