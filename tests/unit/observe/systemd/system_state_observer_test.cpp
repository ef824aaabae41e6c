// SPDX-License-Identifier: MIT
#include "observe/systemd/system_state_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using namespace checklist::testing;

class SystemStateObserverTest : public SystemdFixture {
 protected:
  void answer(const std::string& state) { manager_.reply("SystemState", {str(state)}); }

  Observed<SystemState> fact_;
  SystemStateObserver observer_{loop_, systemd_,
                                [this](const SystemStateKey& /*key*/, Observed<SystemState> fact) {
                                  fact_ = std::move(fact);
                                }};
};

TEST_F(SystemStateObserverTest, ReadsTheState) {
  observer_.follow({{}});
  manager_.connect();
  answer("running");
  EXPECT_EQ(*fact_, SystemState::running);
}

TEST_F(SystemStateObserverTest, ReadsTheStateOnceAfterManyJobs) {
  observer_.follow({{}});
  manager_.connect();
  answer("starting");
  manager_.emit_job_removed(1, "a.service", "done");
  manager_.emit_job_removed(2, "b.service", "failed");
  ASSERT_TRUE(run_until([this] { return !manager_.calls.empty(); }));
  EXPECT_EQ(manager_.pending("SystemState"), 1U);
  manager_.reply("SystemState", {str("degraded")});
  EXPECT_EQ(*fact_, SystemState::degraded);
}

TEST_F(SystemStateObserverTest, HasOneQueryOfTheStateInFlight) {
  observer_.follow({{}});
  manager_.connect();
  answer("starting");
  for (int i = 0; i < 3; ++i) {
    observer_.look_again();
    EXPECT_EQ(manager_.pending("SystemState"), 1U);
  }
  manager_.reply("SystemState", {str("running")});
  EXPECT_EQ(manager_.pending("SystemState"), 1U) << "of what happened meanwhile";
  manager_.reply("SystemState", {str("running")});
  EXPECT_EQ(manager_.pending("SystemState"), 0U);
}

TEST_F(SystemStateObserverTest, ReadsTheStateWhenTheStartIsFinished) {
  observer_.follow({{}});
  manager_.connect();
  answer("starting");
  // (tttttt): firmware, loader, kernel, initrd, userspace, total, in µs
  manager_.emit("StartupFinished", Values(6, num(1'000'000)));
  manager_.reply("SystemState", {str("running")});
  EXPECT_EQ(*fact_, SystemState::running);
}

TEST_F(SystemStateObserverTest, AnUnknownStateIsOther) {
  observer_.follow({{}});
  manager_.connect();
  answer("hibernating");
  EXPECT_EQ(*fact_, SystemState::other);
}

TEST_F(SystemStateObserverTest, IsUnseenBeforeTheFirstConnection) {
  observer_.follow({{}});
  ASSERT_TRUE(run_until([this] { return !fact_.pending(); }));
  EXPECT_EQ(fact_.unseen().reason, "bus");
  manager_.connect();
  answer("running");
  EXPECT_TRUE(fact_);
}
}  // namespace
}  // namespace checklist::observe
