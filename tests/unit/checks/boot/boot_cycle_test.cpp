// SPDX-License-Identifier: MIT
#include "checks/boot/boot_cycle.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;

std::optional<Finding> judged(World& world, const std::string& unit,
                              const std::vector<std::string>& starters = {}) {
  View see = world.view();
  return cycle_finding(see, unit, starters);
}

World a_cycle() {
  World world = a_world("a.service");
  add_targets(world);
  const BootCycle cycle{.after = {{"a.service", {"b.service", "c.service"}},
                                  {"b.service", {"c.service"}},
                                  {"c.service", {"a.service"}}},
                        .may_drop = {"a.service", "b.service", "d.service"}};
  world.with(BootCyclesKey{"graphical.target"}, std::vector<BootCycle>{cycle});
  return world;
}

TEST(BootCycle, NamesTheShortestCycleOfAUnitInOrder) {
  World world = a_cycle();
  const auto a = judged(world, "a.service");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->reason, "cycle");
  EXPECT_EQ(a->observed, "a.service is ordered after c.service, c.service after a.service");
  EXPECT_EQ(judged(world, "b.service")->observed,
            "b.service is ordered after c.service, c.service after a.service, "
            "a.service after b.service");
}

TEST(BootCycle, NamesTheCycleOfAUnitThatIsRequired) {
  World world = a_cycle();
  EXPECT_EQ(judged(world, "d.service")->observed,
            "d.service requires a unit of a cycle: a.service is ordered after c.service, "
            "c.service after a.service");
}

TEST(BootCycle, NamesTheUnitThatStartsIt) {
  World world = a_cycle();
  EXPECT_EQ(judged(world, "x.service", {"a.service"})->observed,
            "a.service starts it; a.service is ordered after c.service, c.service after a.service");
  EXPECT_FALSE(judged(world, "x.service", {"c.service"}));
}

TEST(BootCycle, SaysNothingOfUnitsThatAreNotDropped) {
  World world = a_cycle();
  EXPECT_FALSE(judged(world, "c.service"));
  EXPECT_FALSE(judged(world, "x.service"));
}

TEST(BootCycle, IsUnknownIfTheOrderIs) {
  World world = a_cycle();
  world.with(BootCyclesKey{"graphical.target"}, Unseen{"bus", "no bus", ""});
  EXPECT_EQ(judged(world, "x.service")->status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
