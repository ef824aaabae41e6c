// SPDX-License-Identifier: MIT
#include "observe/systemd/host_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using namespace checklist::testing;

class HostObserverTest : public SystemdFixture {
 protected:
  // Answers what look_again() asks for.
  void answer(const std::string& state) {
    manager_.reply("Version", {str("252.39-1~deb12u1")});
    manager_.reply("Id", {str("multi-user.target")});
    manager_.reply("UserspaceTimestampMonotonic", {num(1'500'000)});
    manager_.reply("UnitsLoadTimestampMonotonic", {num(1'600'000)});
    manager_.reply("FinishTimestampMonotonic", {num(0)});
    manager_.reply("UnitPath", {strs({"/etc/systemd/system", "/lib/systemd/system"})});
    manager_.reply("SystemState", {str(state)});
  }

  Observed<Host> fact_;
  HostObserver observer_{loop_, systemd_, [this](const HostKey& /*key*/, Observed<Host> fact) {
                           fact_ = std::move(fact);
                         }};
};

TEST_F(HostObserverTest, ReadsTheManagersProperties) {
  observer_.follow({{}});
  manager_.connect();
  answer("running");
  EXPECT_EQ(fact_->state, SystemState::running);
  EXPECT_EQ(fact_->version, "252.39-1~deb12u1");
  EXPECT_EQ(fact_->default_target, "multi-user.target");
  EXPECT_THAT(fact_->unit_path, ElementsAre("/etc/systemd/system", "/lib/systemd/system"));
  EXPECT_EQ(fact_->began, monotonic(1'500'000));
  EXPECT_EQ(fact_->loaded, monotonic(1'600'000));
}

TEST_F(HostObserverTest, ReadsTheStateOnceAfterManyJobs) {
  observer_.follow({{}});
  manager_.connect();
  answer("starting");
  manager_.emit_job_removed(1, "a.service", "done");
  manager_.emit_job_removed(2, "b.service", "failed");
  ASSERT_TRUE(run_until([this] { return !manager_.calls.empty(); }));
  EXPECT_EQ(manager_.pending("SystemState"), 1U);
  manager_.reply("SystemState", {str("degraded")});
  EXPECT_EQ(fact_->state, SystemState::degraded);
}

TEST_F(HostObserverTest, HasOneQueryOfTheStateInFlight) {
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

TEST_F(HostObserverTest, ReadsTheStateWhenTheStartIsFinished) {
  observer_.follow({{}});
  manager_.connect();
  answer("starting");
  // (tttttt): firmware, loader, kernel, initrd, userspace, total, in µs
  manager_.emit("StartupFinished", Values(6, num(1'000'000)));
  manager_.reply("FinishTimestampMonotonic", {num(9'000'000)});
  manager_.reply("SystemState", {str("running")});
  EXPECT_EQ(fact_->state, SystemState::running);
  EXPECT_EQ(fact_->finished, monotonic(9'000'000));
}

TEST_F(HostObserverTest, AnUnknownStateIsOther) {
  observer_.follow({{}});
  manager_.connect();
  answer("hibernating");
  EXPECT_EQ(fact_->state, SystemState::other);
}

TEST_F(HostObserverTest, IsUnseenBeforeTheFirstConnection) {
  observer_.follow({{}});
  ASSERT_TRUE(run_until([this] { return !fact_.pending(); }));
  EXPECT_EQ(fact_.unseen().reason, "bus");
  manager_.connect();
  answer("running");
  EXPECT_TRUE(fact_);
}
}  // namespace
}  // namespace checklist::observe
