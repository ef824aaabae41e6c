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
  void answer() {
    manager_.reply("Version", {str("252.39-1~deb12u1")});
    manager_.reply("Id", {str("multi-user.target")});
    manager_.reply("UserspaceTimestampMonotonic", {num(1'500'000)});
    manager_.reply("UnitsLoadTimestampMonotonic", {num(1'600'000)});
    manager_.reply("UnitPath", {strs({"/etc/systemd/system", "/lib/systemd/system"})});
    manager_.reply("FinishTimestampMonotonic", {num(0)});
  }

  Observed<Host> fact_;
  HostObserver observer_{
      systemd_, [this](const HostKey& /*key*/, Observed<Host> fact) { fact_ = std::move(fact); }};
};

TEST_F(HostObserverTest, ReadsTheManagersProperties) {
  observer_.follow({{}});
  manager_.connect();
  answer();
  EXPECT_EQ(fact_->version, "252.39-1~deb12u1");
  EXPECT_EQ(fact_->default_target, "multi-user.target");
  EXPECT_THAT(fact_->unit_path, ElementsAre("/etc/systemd/system", "/lib/systemd/system"));
  EXPECT_EQ(fact_->began, monotonic(1'500'000));
  EXPECT_EQ(fact_->loaded, monotonic(1'600'000));
}

TEST_F(HostObserverTest, ReadsWhenTheStartIsFinished) {
  observer_.follow({{}});
  manager_.connect();
  answer();
  // (tttttt): firmware, loader, kernel, initrd, userspace, total, in µs
  manager_.emit("StartupFinished", Values(6, num(1'000'000)));
  manager_.reply("FinishTimestampMonotonic", {num(9'000'000)});
  EXPECT_EQ(fact_->finished, monotonic(9'000'000));
}

TEST_F(HostObserverTest, IsUnseenBeforeTheFirstConnection) {
  observer_.follow({{}});
  ASSERT_TRUE(run_until([this] { return !fact_.pending(); }));
  EXPECT_EQ(fact_.unseen().reason, "bus");
  manager_.connect();
  answer();
  EXPECT_TRUE(fact_);
}
}  // namespace
}  // namespace checklist::observe
