// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/graph.hpp"

namespace checklist::checks {
extern const CheckDef boot_start;

namespace {
using namespace checklist::testing;

World enabled_x() {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  wanted(world, "x.service", "multi-user.target");
  world.text("BusName", "");
  return world;
}

Dict arguments(const std::string& key, const std::string& value) {
  return {{key, Value{value}}};
}

Record a_record(bool started_by_boot) {
  Record out;
  out.started_by_boot = started_by_boot;
  return out;
}

TEST(BootStart, PassesWhenTheDefaultTargetReachesIt) {
  World world = enabled_x();
  const Finding finding = about(world.evaluate(boot_start), "start");
  EXPECT_EQ(finding.status, Status::pass) << finding.observed;
  EXPECT_EQ(finding.expected, "graphical.target starts it");
  EXPECT_EQ(finding.observed, "started by multi-user.target, graphical.target");
  EXPECT_FALSE(world.pending());
}

TEST(BootStart, FollowsAnAlias) {
  World world = a_world("alias.service");
  add_targets(world);
  add_unit(world, "x.service");
  wanted(world, "x.service", "multi-user.target");
  world.with(UnitKey{"alias.service"}, a_unit("x.service", ActiveState::active, "running"))
      .with(EnablementKey{"alias.service"}, std::string("alias"))
      .with(DefinitionKey{"alias.service"}, Definition{})
      .property("Conditions", Value{Values{}})
      .property("Asserts", Value{Values{}});
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::pass);
}

TEST(BootStart, FailsWhenNothingStartsIt) {
  World world = enabled_x();
  edges(world, "x.service", "WantedBy", {});
  world.with(InstallLinksKey{"x.service"}, std::vector<InstallLink>{});
  const Finding finding = about(world.evaluate(boot_start), "start");
  EXPECT_EQ(finding.status, Status::fail);
  EXPECT_EQ(finding.reason, "not_started");
  EXPECT_EQ(finding.hint,
            "run `systemctl enable x.service`, or let a unit that starts at boot want it");
}

TEST(BootStart, FailsWhenItsLinkWasRemovedByHand) {
  World world = enabled_x();
  world.with(InstallLinksKey{"x.service"}, std::vector<InstallLink>{});
  EXPECT_EQ(about(world.evaluate(boot_start), "start").reason, "not_on_disk");
}

TEST(BootStart, FailsWhenItsLinkLiesInRun) {
  World world = enabled_x();
  link(world, "x.service", "/run/systemd/system", "multi-user.target");
  EXPECT_EQ(about(world.evaluate(boot_start), "start").reason, "until_reboot");
}

TEST(BootStart, FailsWhenItsTargetIsNotReached) {
  World world = enabled_x();
  add_unit(world, "other.target");
  wanted(world, "x.service", "other.target");
  const Finding finding = about(world.evaluate(boot_start), "start");
  EXPECT_EQ(finding.reason, "unreachable");
  EXPECT_EQ(finding.observed, "not started at boot either: other.target");
  EXPECT_EQ(worst(world.evaluate(boot_start, arguments("target", "other.target"))), Status::pass);
}

TEST(BootStart, FailsWhenItIsMaskedMissingOrTransient) {
  World world = enabled_x();
  world.with(EnablementKey{"x.service"}, std::string("masked"));
  EXPECT_EQ(about(world.evaluate(boot_start), "start").reason, "masked");
  add_missing(world, "x.service");
  EXPECT_EQ(about(world.evaluate(boot_start), "start").reason, "not_found");
  World transient = enabled_x();
  fragment(transient, "x.service", "/run/systemd/transient/x.service");
  EXPECT_EQ(about(transient.evaluate(boot_start), "start").reason, "not_kept");
}

TEST(BootStart, AMaskThatARebootTakesAwayHidesNothing) {
  World world = enabled_x();
  fragment(world, "x.service", "/run/systemd/system/x.service");
  world.with(EnablementKey{"x.service"}, std::string("masked-runtime"))
      .with(UnitKey{"x.service"},
            a_unit("x.service", ActiveState::inactive, "dead", LoadState::masked));
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::pass);
}

TEST(BootStart, IsUnknownWhenAFactIsUnseen) {
  const Unseen unseen{"bus", "no bus", ""};
  World world = enabled_x();
  world.with(UnitKey{"x.service"}, unseen);
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::unknown);
  world = enabled_x();
  world.property("WantedBy", Value{Values{}})
      .with(InstallLinksKey{"x.service"}, std::vector<InstallLink>{})
      .with(PropertyKey{"x.service", "RequiredBy"}, unseen);
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::unknown);
  world = enabled_x();
  world.with(EnablementKey{"x.service"}, unseen);
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::unknown);
}

TEST(BootStart, AsksForAWholeUnitAtOnce) {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::active, "running"));
  EXPECT_NE(worst(world.evaluate(boot_start)), Status::fail);
  EXPECT_TRUE(world.pending());
  const auto wanted = world.facts().wanted<PropertyKey>();
  ASSERT_TRUE(wanted);
  for (const char* name : {"WantedBy", "RequiredBy", "UpheldBy", "BoundBy", "TriggeredBy", "Names",
                           "FragmentPath", "DropInPaths"}) {
    EXPECT_TRUE(wanted->contains({"x.service", name})) << name;
  }
  EXPECT_TRUE(world.asked_for(InstallLinksKey{"x.service"}));
  EXPECT_TRUE(world.asked_for(EnablementKey{"x.service"}));
}

TEST(BootStart, AUsersUnitNeedsAManagerThatLingers) {
  World world = enabled_x();
  world.spec().user = "dev";
  world.with(LingerKey{"dev"}, true);
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::pass);
  world.with(LingerKey{"dev"}, false);
  const Finding finding = about(world.evaluate(boot_start), "linger");
  EXPECT_EQ(finding.reason, "no_linger");
  EXPECT_EQ(finding.hint, "run `loginctl enable-linger dev`");
  EXPECT_EQ(worst(world.evaluate(boot_start, arguments("by", "login"))), Status::pass);
  world.with(LingerKey{"dev"}, Unseen{"permission", "no", ""});
  EXPECT_EQ(worst(world.evaluate(boot_start)), Status::unknown);
}

TEST(BootStart, ADeviceMayStartIt) {
  World world = enabled_x();
  EXPECT_EQ(about(world.evaluate(boot_start, arguments("by", "device")), "start").reason,
            "no_device");
  add_unit(world, "dev-x.device");
  world.with(PropertyKey{"dev-x.device", "FragmentPath"}, Value{std::string()});
  edges(world, "x.service", "WantedBy", {"dev-x.device"});
  EXPECT_EQ(worst(world.evaluate(boot_start, arguments("by", "device"))), Status::pass);
}

TEST(BootStart, TheBusMayStartIt) {
  World world = enabled_x();
  const std::string file = "/dbus-1/system-services/org.x.service";
  for (const char* share :
       {"/etc", "/usr/local/share", "/usr/share", "/lib", "/run/current-system/sw/share"}) {
    world.with(FileKey{share + file}, a_file("missing"));
  }
  const Dict by_bus = arguments("by", "bus");
  EXPECT_EQ(about(world.evaluate(boot_start, by_bus), "start").observed, "unit has no bus name");
  world.text("BusName", "org.x");
  EXPECT_EQ(about(world.evaluate(boot_start, by_bus), "start").reason, "not_activatable");
  world.with(FileKey{"/usr/share" + file}, a_file("regular"));
  EXPECT_EQ(worst(world.evaluate(boot_start, by_bus)), Status::pass);
  world.text("BusName", "");
  edges(world, "x.service", "Names", {"x.service", "dbus-org.x.service"});
  world.with(InstallLinksKey{"dbus-org.x.service"}, std::vector<InstallLink>{});
  EXPECT_EQ(worst(world.evaluate(boot_start, by_bus)), Status::pass);
}

TEST(BootStart, EvidenceOfARebootIsWhatWasRecorded) {
  World world = enabled_x();
  const Dict reboot = arguments("evidence", "reboot");
  world.with(RecordKey{"x.service"}, Record{});
  EXPECT_EQ(about(world.evaluate(boot_start, reboot), "boot").reason, "not_recorded");
  EXPECT_EQ(worst(world.evaluate(boot_start, reboot)), Status::unknown);
  world.with(RecordKey{"x.service"}, a_record(true));
  EXPECT_EQ(worst(world.evaluate(boot_start, reboot)), Status::pass);
  world.with(RecordKey{"x.service"}, a_record(false));
  EXPECT_EQ(about(world.evaluate(boot_start, reboot), "boot").reason, "started_later");
}

TEST(BootStart, PassesWhatItCaptures) {
  World world = enabled_x();
  EXPECT_EQ(world.capture(boot_start), Dict{});
  world.spec().user = "dev";
  world.with(LingerKey{"dev"}, false);
  const Dict captured = world.capture(boot_start);
  EXPECT_EQ(captured, arguments("by", "login"));
  EXPECT_EQ(worst(world.evaluate(boot_start, captured)), Status::pass);
}

TEST(BootStart, RefusesATargetThatIsNoUnit) {
  World world = enabled_x();
  EXPECT_EQ(world.evaluate(boot_start, arguments("target", "multi-user"))[0].reason, "error");
}
}  // namespace
}  // namespace checklist::checks
