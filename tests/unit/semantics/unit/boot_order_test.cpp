// SPDX-License-Identifier: MIT
#include "semantics/unit/boot_order.hpp"

#include <gmock/gmock.h>

namespace checklist::semantics {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// a after b, b after a; the target wants both.
BootOrder a_pair() {
  return {{"boot.target", {.needs = {}, .after = {"a.service", "b.service"}}},
          {"a.service", {.needs = {}, .after = {"b.service", "sysinit.target"}}},
          {"b.service", {.needs = {}, .after = {"a.service", "sysinit.target"}}},
          {"sysinit.target", {}}};
}

TEST(BootOrder, HasNoCycleWhereEachWaitsForEarlierOnes) {
  BootOrder order = a_pair();
  order["b.service"].after = {"sysinit.target"};
  EXPECT_THAT(boot_cycles(order, "boot.target"), IsEmpty());
  EXPECT_THAT(boot_cycles({}, "boot.target"), IsEmpty());
}

TEST(BootOrder, FindsTwoThatWaitForEachOther) {
  const auto cycles = boot_cycles(a_pair(), "boot.target");
  ASSERT_THAT(cycles, SizeIs(1));
  EXPECT_THAT(cycles[0].may_drop, ElementsAre("a.service", "b.service"));
  EXPECT_THAT(cycles[0].after.at("a.service"), ElementsAre("b.service"));
  EXPECT_THAT(cycles[0].after, SizeIs(2));
}

TEST(BootOrder, AUnitThatTheTargetRequiresIsNotDropped) {
  BootOrder order = a_pair();
  order["boot.target"].needs = {"a.service"};
  const auto cycles = boot_cycles(order, "boot.target");
  ASSERT_THAT(cycles, SizeIs(1));
  EXPECT_THAT(cycles[0].may_drop, ElementsAre("b.service"));
}

TEST(BootOrder, WhatRequiresADroppedUnitIsDroppedWithIt) {
  BootOrder order = a_pair();
  order["c.service"] = {.needs = {"b.service"}, .after = {}};
  EXPECT_THAT(boot_cycles(order, "boot.target")[0].may_drop,
              ElementsAre("a.service", "b.service", "c.service"));
}

TEST(BootOrder, AllCountWhereTheTargetRequiresAll) {
  BootOrder order = a_pair();
  order["boot.target"].needs = {"a.service", "b.service"};
  EXPECT_THAT(boot_cycles(order, "boot.target")[0].may_drop, ElementsAre("a.service", "b.service"));
}

TEST(BootOrder, KeepsSeparateCyclesApart) {
  BootOrder order = a_pair();
  order["c.service"] = {.needs = {}, .after = {"d.service", "a.service"}};
  order["d.service"] = {.needs = {}, .after = {"e.service"}};
  order["e.service"] = {.needs = {}, .after = {"c.service"}};
  const auto cycles = boot_cycles(order, "boot.target");
  ASSERT_THAT(cycles, SizeIs(2));
  EXPECT_THAT(cycles[0].may_drop, ElementsAre("a.service", "b.service"));
  EXPECT_THAT(cycles[1].may_drop, ElementsAre("c.service", "d.service", "e.service"));
  EXPECT_THAT(cycles[1].after.at("c.service"), ElementsAre("d.service"));
}

TEST(BootOrder, UnitsThatTheBootDoesNotStartMakeNoCycle) {
  BootOrder order = a_pair();
  order["a.service"].after = {"elsewhere.service", "a.service"};
  EXPECT_THAT(boot_cycles(order, "boot.target"), IsEmpty());
}

TEST(BootOrder, ALongChainIsNoBurden) {
  BootOrder order;
  for (int i = 0; i < 20'000; ++i) {
    order[std::to_string(i)].after = {std::to_string(i + 1)};
  }
  EXPECT_THAT(boot_cycles(order, "0"), IsEmpty());
}
}  // namespace
}  // namespace checklist::semantics
