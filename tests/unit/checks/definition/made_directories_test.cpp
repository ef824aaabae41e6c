// SPDX-License-Identifier: MIT
#include "checks/definition/made_directories.hpp"

#include <gmock/gmock.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::texts;
using testing::World;

std::vector<MadeDirectory> made(World& world) {
  View see = world.view();
  FactReader look(see);
  return made_directories(look);
}

TEST(MadeDirectories, AreBelowTheDirectoryOfTheirKind) {
  World world = a_start_world();
  world.property("RuntimeDirectory", texts({"x"})).property("StateDirectory", texts({"a/b"}));
  EXPECT_THAT(made(world),
              ElementsAre(MadeDirectory{"RuntimeDirectory", "/run/x", "/run/x"},
                          MadeDirectory{"StateDirectory", "/var/lib/a/b", "/var/lib/a/b"}));
}

TEST(MadeDirectories, OfADynamicUserArePrivate) {
  World world = a_start_world();
  world.property("DynamicUser", Value{true})
      .text("RuntimeDirectoryPreserve", "no")
      .property("RuntimeDirectory", texts({"x"}))
      .property("StateDirectory", texts({"x"}));
  EXPECT_EQ(made(world)[0].real, "/run/x");
  EXPECT_EQ(made(world)[1].real, "/var/lib/private/x");
}

TEST(MadeDirectories, OfAUsersManagerAreNotKnown) {
  World world = a_start_world();
  world.property("StateDirectory", texts({"x"})).spec().user = "me";
  EXPECT_THAT(made(world), IsEmpty());
}

TEST(MadeDirectories, AreMadeWithThoseAboveAndNotBelow) {
  const std::vector<MadeDirectory> all{{"StateDirectory", "/var/lib/a/b", "/var/lib/a/b"}};
  EXPECT_TRUE(is_made("/var/lib/a/b", all));
  EXPECT_TRUE(is_made("/var/lib/a", all));
  EXPECT_FALSE(is_made("/var/lib/a/b/c", all));
  EXPECT_FALSE(is_made("/srv/a/b", all));
}
}  // namespace
}  // namespace checklist::checks
