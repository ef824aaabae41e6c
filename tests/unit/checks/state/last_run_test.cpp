// SPDX-License-Identifier: MIT
#include "checks/state/last_run.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::a_unit_in;
using testing::a_world;
using testing::World;

TEST(LastRun, ReadsTheLastRunFromTheUnitsProperties) {
  World world = a_service_in(ActiveState::failed, "failed");
  testing::with_exit(world, "signal", 2, 9, 20min);
  View see = world.view();
  const auto run = run_in_properties(see);
  ASSERT_TRUE(run);
  EXPECT_EQ(*run, (checklist::Run{.ended = TimePoint{20min},
                                  .this_boot = true,
                                  .result = "signal",
                                  .exit_code = "killed",
                                  .exit_status = "KILL"}));
}

TEST(LastRun, KnowsNoRunOfAUnitThatNeverEndedOrHasNoProcess) {
  World running = a_service_in(ActiveState::active, "running");
  World timer = a_unit_in("x.timer", ActiveState::active, "waiting");
  World unseen = a_world("x.service");
  for (World* world : {&running, &timer, &unseen}) {
    View see = world->view();
    EXPECT_FALSE(run_in_properties(see));
  }
}
}  // namespace
}  // namespace checklist::checks
