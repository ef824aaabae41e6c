// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::texts;

std::optional<bool> permits(const ExecutablePaths& paths, const std::string& path) {
  return paths.permits(path, path, [](const std::string& each) { return each; });
}

TEST(ExecutablePaths, AreDecidedByTheDeepestDirective) {
  testing::World world = testing::a_start_world();
  world.property("NoExecPaths", texts({"/", "-/opt/x/data"}))
      .property("ExecPaths", texts({"/usr", "+/opt/x"}));
  View see = world.view();
  FactReader look(see);
  const ExecutablePaths paths(look);
  EXPECT_EQ(permits(paths, "/srv/x"), false);
  EXPECT_EQ(permits(paths, "/usr/bin/x"), true);
  EXPECT_EQ(permits(paths, "/usrlocal"), false);
  EXPECT_EQ(permits(paths, "/opt/x"), true);
  EXPECT_EQ(permits(paths, "/opt/x/data/y"), false);
}

TEST(ExecutablePaths, SayNothingWithoutADirective) {
  testing::World world = testing::a_start_world();
  View see = world.view();
  FactReader look(see);
  EXPECT_EQ(permits(ExecutablePaths(look), "/usr/bin/x"), std::nullopt);
}
}  // namespace
}  // namespace checklist::checks
