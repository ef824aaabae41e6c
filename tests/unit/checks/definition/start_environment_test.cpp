// SPDX-License-Identifier: MIT
#include "checks/definition/start_environment.hpp"

#include <gmock/gmock.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using ::testing::ElementsAre;
using testing::texts;
using testing::World;

class StartEnvironmentTest : public ::testing::Test {
 protected:
  template <class Asked>
  auto ask(const Asked& asked) {
    View see = world_.view();
    FactReader look(see);
    return asked(look);
  }

  World world_ = a_start_world();
};

TEST_F(StartEnvironmentTest, IsThatOfTheLastAssignment) {
  world_.property("Environment", texts({"A=1", "AB=2", "A=3=4"}));
  EXPECT_EQ(ask([](FactReader& look) { return variable("A", look); }), "3=4");
  EXPECT_EQ(ask([](FactReader& look) { return variable("B", look); }), std::nullopt);
}

TEST_F(StartEnvironmentTest, MayHaveMoreThanTheUnitSays) {
  EXPECT_FALSE(ask(may_set_more_variables));
  world_.property("PassEnvironment", texts({"PATH"}));
  EXPECT_TRUE(ask(may_set_more_variables));
}

TEST_F(StartEnvironmentTest, HasAPath) {
  EXPECT_EQ(ask(search_path_of_processes).size(), 6U);
  world_.property("ExecSearchPath", texts({"/srv/bin"}));
  EXPECT_THAT(ask(search_path_of_processes), ElementsAre("/srv/bin"));
  world_.property("Environment", texts({"PATH=/a:/b"}));
  EXPECT_THAT(ask(search_path_of_processes), ElementsAre("/a", "/b"));
  EXPECT_THAT(ask(search_path_of_commands), ElementsAre("/srv/bin"));
}
}  // namespace
}  // namespace checklist::checks
