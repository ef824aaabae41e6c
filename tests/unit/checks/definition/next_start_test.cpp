// SPDX-License-Identifier: MIT
#include "checks/definition/next_start.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using testing::World;

std::string advice(World& world, const std::string& step = {}) {
  View see = world.view();
  return restart_advice(see, step);
}

TEST(NextStart, HasEverythingItNeeds) {
  World world = a_start_world();
  View see = world.view();
  EXPECT_TRUE(next_start(see).empty());
}

TEST(NextStart, IsUnknownWhereItsDirectivesAre) {
  World world = a_start_world();
  world.with(PropertyKey{"x.service", "RootDirectory"}, Unseen{"bus", "no answer", ""});
  View see = world.view();
  const Findings all = next_start(see);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.back().status, Status::unknown);
}

TEST(RestartAdvice, IsARestartIfThatWouldSucceed) {
  World world = a_start_world();
  EXPECT_EQ(advice(world), "run `systemctl restart x.service`");
  EXPECT_EQ(advice(world, "set X=1"), "set X=1, then run `systemctl restart x.service`");
}

TEST(RestartAdvice, NamesWhatToDoBefore) {
  World world = a_start_world();
  world.with(NodeKey{"/usr/bin/x"}, testing::a_regular_file(0700));
  EXPECT_EQ(advice(world),
            "the next start would fail (/usr/bin/x is not executable by user llama: its "
            "mode is 0700): first run `chmod o+x /usr/bin/x`, then run `systemctl restart "
            "x.service`");
}

TEST(RestartAdvice, IsPlainForOtherUnits) {
  World world = testing::a_unit_in("x.socket", ActiveState::active, "listening");
  EXPECT_EQ(advice(world), "run `systemctl restart x.socket`");
}
}  // namespace
}  // namespace checklist::checks
