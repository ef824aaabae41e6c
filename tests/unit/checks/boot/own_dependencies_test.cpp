// SPDX-License-Identifier: MIT
#include "checks/boot/own_dependencies.hpp"

#include <gtest/gtest.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;

const std::string file = "/etc/systemd/system/x.service";

World x_that(const std::string& directive, const std::string& others) {
  World world = a_world("x.service");
  add_unit(world, "x.service");
  fragment(world, "x.service", file, {{directive, others}});
  for (const char* other : {"a.service", "b.service", "c.service"}) {
    add_unit(world, other);
  }
  return world;
}

TEST(OwnDependencies, AreThoseOfItsFiles) {
  World world = x_that("Wants", "a.service b.service");
  View see = world.view();
  FactReader look(see);
  OwnDependencies own("x.service");
  EXPECT_TRUE(own.contain("Wants", "a.service", look));
  EXPECT_TRUE(own.contain("Wants", "b.service", look));
  EXPECT_FALSE(own.contain("Wants", "c.service", look));
  EXPECT_FALSE(own.contain("After", "a.service", look));
  EXPECT_TRUE(own.contain("Triggers", "c.service", look)) << "of a timer, socket or path";
}

TEST(OwnDependencies, AreUnknownWhileAFileIs) {
  World world = x_that("Wants", "a.service");
  world.with(UnitFileKey{file}, Unseen{"permission", "denied", ""});
  View see = world.view();
  FactReader look(see);
  OwnDependencies own("x.service");
  EXPECT_FALSE(own.contain("Wants", "a.service", look));
  EXPECT_TRUE(look.gap());
}
}  // namespace
}  // namespace checklist::checks
