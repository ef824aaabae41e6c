// SPDX-License-Identifier: MIT
#include "checks/boot/boot_path.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

BootPath to_graphical(World& world, const std::string& unit) {
  View see(world.facts(), 0, world.spec(), TimePoint{});
  return boot_path(see, unit, [](const std::string& name) { return name == "graphical.target"; });
}

World x_and_targets() {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  return world;
}

TEST(BootPath, LeadsThroughTargets) {
  World world = x_and_targets();
  wanted(world, "x.service", "multi-user.target");
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_TRUE(path.reached);
  EXPECT_THAT(path.steps, ElementsAre("multi-user.target", "graphical.target"));
}

TEST(BootPath, ALinkThatWasRemovedByHandDoesNotCount) {
  World world = x_and_targets();
  edges(world, "x.service", "WantedBy", {"multi-user.target"});
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_FALSE(path.reached);
  EXPECT_THAT(path.until_reload, ElementsAre("multi-user.target"));
}

TEST(BootPath, ALinkThatWasMadeByHandCountsBeforeTheReload) {
  World world = x_and_targets();
  link(world, "x.service", "/etc/systemd/system", "multi-user.target");
  EXPECT_TRUE(to_graphical(world, "x.service").reached);
}

TEST(BootPath, WhatLiesInRunDoesNotCountUnlessAGeneratorMadeIt) {
  World world = x_and_targets();
  edges(world, "x.service", "WantedBy", {"multi-user.target"});
  link(world, "x.service", "/run/systemd/system", "multi-user.target");
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_FALSE(path.reached);
  EXPECT_THAT(path.until_reboot, ElementsAre("multi-user.target"));
  link(world, "x.service", "/run/systemd/generator", "multi-user.target");
  EXPECT_TRUE(to_graphical(world, "x.service").reached);
}

TEST(BootPath, ADirectoryOfAnAliasOrATemplateCounts) {
  World world = x_and_targets();
  link(world, "x.service", "/etc/systemd/system", "default.target");
  edges(world, "graphical.target", "Names", {"graphical.target", "default.target"});
  world.with(UnitKey{"default.target"}, a_unit("graphical.target", ActiveState::active, "active"));
  EXPECT_TRUE(to_graphical(world, "x.service").reached);

  add_unit(world, "y.service");
  add_unit(world, "t@one.service");
  edges(world, "y.service", "WantedBy", {"t@one.service"});
  link(world, "y.service", "/etc/systemd/system", "t@.service");
  wanted(world, "t@one.service", "multi-user.target");
  EXPECT_TRUE(to_graphical(world, "y.service").reached);
}

TEST(BootPath, ALineOfADropInCountsUnlessItLiesInRun) {
  World world = x_and_targets();
  const std::string drop_in = "/systemd/system/multi-user.target.d/x.conf";
  const UnitFile wants_x{.exists = true, .directives = {{"Unit", "Wants", "alias.service"}}};
  edges(world, "x.service", "Names", {"x.service", "alias.service"});
  edges(world, "x.service", "WantedBy", {"multi-user.target"});
  edges(world, "multi-user.target", "DropInPaths", {"/run" + drop_in});
  world.with(UnitFileKey{"/run" + drop_in}, wants_x)
      .with(InstallLinksKey{"alias.service"}, std::vector<InstallLink>{});
  EXPECT_FALSE(to_graphical(world, "x.service").reached);
  edges(world, "multi-user.target", "DropInPaths", {"/etc" + drop_in});
  world.with(UnitFileKey{"/etc" + drop_in}, wants_x);
  EXPECT_TRUE(to_graphical(world, "x.service").reached);
}

TEST(BootPath, ATriggerMustBeStartedItself) {
  World world = x_and_targets();
  add_unit(world, "x.timer");
  edges(world, "x.service", "TriggeredBy", {"x.timer"});
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_FALSE(path.reached);
  EXPECT_THAT(path.dead_ends, ElementsAre("x.timer"));
  wanted(world, "x.timer", "multi-user.target");
  EXPECT_THAT(to_graphical(world, "x.service").steps,
              ElementsAre("x.timer", "multi-user.target", "graphical.target"));
}

TEST(BootPath, CyclesEnd) {
  World world = x_and_targets();
  add_unit(world, "y.service");
  wanted(world, "x.service", "y.service");
  wanted(world, "y.service", "x.service");
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_FALSE(path.reached);
  EXPECT_FALSE(path.gap);
}

TEST(BootPath, MaskedAndTransientUnitsStartNothing) {
  World world = x_and_targets();
  add_unit(world, "y.service");
  wanted(world, "x.service", "y.service");
  wanted(world, "y.service", "multi-user.target");
  EXPECT_TRUE(to_graphical(world, "x.service").reached);
  world.with(UnitKey{"y.service"},
             a_unit("y.service", ActiveState::inactive, "dead", LoadState::masked));
  EXPECT_FALSE(to_graphical(world, "x.service").reached);
  add_unit(world, "y.service");
  wanted(world, "y.service", "multi-user.target");
  fragment(world, "y.service", "/run/systemd/transient/y.service");
  EXPECT_THAT(to_graphical(world, "x.service").until_reboot, ElementsAre("y.service"));
}

TEST(BootPath, OtherEdgesStartAUnitToo) {
  for (const auto& [property, directive] :
       std::vector<std::pair<std::string, std::string>>{{"RequiredBy", "Requires"},
                                                        {"UpheldBy", "Upholds"},
                                                        {"BoundBy", "BindsTo"},
                                                        {"WantedBy", "Wants"}}) {
    World world = x_and_targets();
    edges(world, "x.service", property, {"multi-user.target"});
    fragment(world, "multi-user.target", "/lib/systemd/system/multi-user.target",
             {{directive, "x.service"}});
    EXPECT_TRUE(to_graphical(world, "x.service").reached) << property;
  }
}

TEST(BootPath, WhatCouldNotBeSeenOnTheWayIsTold) {
  World world = x_and_targets();
  wanted(world, "x.service", "multi-user.target");
  const Unseen unseen{"permission", "no", ""};
  world.with(UnitFileKey{"/lib/systemd/system/graphical.target"}, unseen);
  const BootPath path = to_graphical(world, "x.service");
  EXPECT_FALSE(path.reached);
  EXPECT_EQ(path.gap, unseen);
}

TEST(BootPath, TheDefaultTargetIsWhatTheLinkOnDiskSays) {
  World world = x_and_targets();
  View see(world.facts(), 0, world.spec(), TimePoint{});
  FactReader look(see);
  EXPECT_EQ(default_target(look), "graphical.target");
  world.with(FileKey{"/etc/systemd/system/default.target"},
             a_file("symlink", "/lib/systemd/system/multi-user.target"));
  EXPECT_EQ(default_target(look), "multi-user.target");
  EXPECT_FALSE(look.gap());
}
}  // namespace
}  // namespace checklist::checks
