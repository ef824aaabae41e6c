// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef system_state;

namespace {
using namespace std::chrono_literals;
using checklist::testing::HostWorld;
using ::testing::ElementsAre;

HostWorld host_in(SystemState state) {
  Host host;
  host.began = TimePoint{1min};
  HostWorld world;
  world.with(SystemStateKey{}, state).with(HostKey{}, host).at(2min);
  return world;
}

TEST(SystemState, PassesWhenItRunsWhateverFailed) {
  EXPECT_THAT(host_in(SystemState::running).verdicts(system_state), ElementsAre("pass"));
  EXPECT_THAT(host_in(SystemState::degraded).verdicts(system_state), ElementsAre("pass"));
}

TEST(SystemState, IsUnknownWhileItStartsAndFailsWhenThatTakesTooLong) {
  HostWorld world = host_in(SystemState::starting);
  EXPECT_THAT(world.verdicts(system_state), ElementsAre("unknown starting system"));
  EXPECT_EQ(world.wake_at(), TimePoint{16min});
  EXPECT_THAT(world.at(16min).verdicts(system_state), ElementsAre("fail never_started system"));
  EXPECT_THAT(world.at(90s).verdicts(system_state, {{"boot_timeout", Value{std::string("30s")}}}),
              ElementsAre("fail never_started system"));
}

TEST(SystemState, FailsInMaintenance) {
  EXPECT_THAT(host_in(SystemState::maintenance).verdicts(system_state),
              ElementsAre("fail maintenance system"));
}

TEST(SystemState, IsUnknownInAnyOther) {
  EXPECT_THAT(host_in(SystemState::stopping).verdicts(system_state),
              ElementsAre("unknown stopping system"));
  EXPECT_THAT(host_in(SystemState::offline).verdicts(system_state),
              ElementsAre("unknown unsupported system"));
  HostWorld world;
  world.with(SystemStateKey{}, Unseen{"bus", "no answer", ""});
  EXPECT_THAT(world.verdicts(system_state), ElementsAre("unknown bus system"));
}
}  // namespace
}  // namespace checklist::host_checks
