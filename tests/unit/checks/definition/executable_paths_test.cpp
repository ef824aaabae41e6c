// SPDX-License-Identifier: MIT
#include "checks/definition/executable_paths.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::texts;

std::string as_written(const std::string& path) {
  return path;
}

TEST(ExecutablePaths, AreDecidedByTheDeepestDirective) {
  testing::World world = testing::a_start_world();
  world.property("NoExecPaths", texts({"/", "-/opt/x/data"}))
      .property("ExecPaths", texts({"/usr", "+/opt/x"}));
  View see = world.view();
  FactReader look(see);
  const ExecutablePaths paths(look, as_written);
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
  EXPECT_EQ(ExecutablePaths(look, as_written).permits("/usr/bin/x"), std::nullopt);
}

// Asked of systemd 252: ReadOnlyPaths=/srv /srv/x with NoExecPaths=/srv/x starts /srv/x/program,
// and does not without /srv in the list.
TEST(ExecutablePaths, AreDroppedWithAnAccessThatThePathHasAnyway) {
  testing::World world = testing::a_start_world();
  world.property("NoExecPaths", texts({"/srv/x"})).property("ReadOnlyPaths", texts({"/srv/x"}));
  View see = world.view();
  FactReader look(see);
  EXPECT_EQ(ExecutablePaths(look, as_written).permits("/srv/x/y"), false);
  world.property("ReadOnlyPaths", texts({"/srv", "/srv/x"}));
  EXPECT_EQ(ExecutablePaths(look, as_written).permits("/srv/x/y"), std::nullopt);
  world.property("ReadWritePaths", texts({"/srv"})).property("ReadOnlyPaths", texts({"/srv/x"}));
  EXPECT_EQ(ExecutablePaths(look, as_written).permits("/srv/x/y"), false);
}

TEST(ExecutablePaths, OfLinksThatProtectSystemListsHaveNoEffect) {
  testing::World world = testing::a_start_world();
  world.property("ProtectSystem", Value{std::string("full")})
      .property("NoExecPaths", texts({"/usr/lib", "/usr/libexec"}));
  View see = world.view();
  FactReader look(see);
  const ExecutablePaths paths(
      look, [](const std::string& path) { return path == "/lib" ? "/usr/lib" : path; });
  EXPECT_EQ(paths.permits("/usr/lib/x"), std::nullopt);
  EXPECT_EQ(paths.permits("/usr/libexec/x"), false);
}
}  // namespace
}  // namespace checklist::checks
