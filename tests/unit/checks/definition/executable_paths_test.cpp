// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::texts;

TEST(ExecutablePaths, AreDecidedByTheDeepestDirective) {
  testing::World world = testing::a_start_world();
  world.property("NoExecPaths", texts({"/", "-/opt/x/data"}))
      .property("ExecPaths", texts({"/usr", "+/opt/x"}));
  View see = world.view();
  FactReader look(see);
  const ExecutablePaths paths(look);
  EXPECT_EQ(paths.permits("/srv/x"), false);
  EXPECT_EQ(paths.permits("/usr/bin/x"), true);
  EXPECT_EQ(paths.permits("/usrlocal"), false);
  EXPECT_EQ(paths.permits("/opt/x"), true);
  EXPECT_EQ(paths.permits("/opt/x/data/y"), false);
}

TEST(ExecutablePaths, SayNothingWithoutADirective) {
  testing::World world = testing::a_start_world();
  View see = world.view();
  FactReader look(see);
  EXPECT_EQ(ExecutablePaths(look).permits("/usr/bin/x"), std::nullopt);
}
}  // namespace
}  // namespace checklist::checks
