// SPDX-License-Identifier: MIT
#include "observe/systemd/failed_units_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace checklist::testing;
constexpr auto listing = "ListUnitsFiltered";
constexpr auto x = "x.service";

class FailedUnitsObserverTest : public SystemdFixture {
 protected:
  void follow_listed(const std::vector<std::string>& failed) {
    observer_.follow({{}});
    manager_.connect();
    manager_.reply(listing, rows(failed));
  }

  static Values rows(const std::vector<std::string>& failed) {
    Values out;
    for (const std::string& unit : failed) {
      out.push_back(row({.name = unit, .active = "failed", .sub = "failed"}));
    }
    return {Value{std::move(out)}};
  }

  Observed<std::set<std::string>> fact_;
  FailedUnitsObserver observer_{
      systemd_, [this](const FailedUnitsKey& /*key*/, Observed<std::set<std::string>> fact) {
        fact_ = std::move(fact);
      }};
};

TEST_F(FailedUnitsObserverTest, ListsUnitsThatFailed) {
  observer_.follow({{}});
  manager_.connect();
  ASSERT_EQ(manager_.calls.size(), 1U);
  EXPECT_EQ(manager_.calls[0].arguments, Values{strs({"failed"})});
  manager_.reply(listing, rows({x, "y.mount"}));
  EXPECT_THAT(*fact_, ElementsAre(x, "y.mount"));
}

// A unit with Restart= is failed for a moment only.
TEST_F(FailedUnitsObserverTest, AFailureCountsOnceItIsListed) {
  follow_listed({});
  manager_.emit_changed(x, unit_interface, state_body("failed", "failed"));
  EXPECT_THAT(*fact_, IsEmpty());
  manager_.reply(listing, rows({x}));
  EXPECT_THAT(*fact_, ElementsAre(x));
}

TEST_F(FailedUnitsObserverTest, ARecoveryCountsAtOnce) {
  follow_listed({x});
  manager_.emit_changed(x, unit_interface, state_body("activating", "start"));
  EXPECT_THAT(*fact_, IsEmpty());
  EXPECT_TRUE(manager_.calls.empty());
}

TEST_F(FailedUnitsObserverTest, AResetUnitIsUnloaded) {
  follow_listed({x});
  manager_.emit_load("UnitRemoved", x);
  EXPECT_THAT(*fact_, IsEmpty());
}

TEST_F(FailedUnitsObserverTest, ListsAgainForAFailureDuringAListing) {
  follow_listed({});
  manager_.emit_changed(x, unit_interface, state_body("failed", "failed"));
  manager_.emit_changed("y.service", unit_interface, state_body("failed", "failed"));
  manager_.reply(listing, rows({x}));
  ASSERT_EQ(manager_.pending(listing), 1U) << "the first listing may be older than the second";
  manager_.reply(listing, rows({x, "y.service"}));
  EXPECT_THAT(*fact_, ElementsAre(x, "y.service"));
}

TEST_F(FailedUnitsObserverTest, ARefusedListingIsAnErrorOfTheBus) {
  observer_.follow({{}});
  manager_.connect();
  manager_.fail(listing, "org.freedesktop.DBus.Error.AccessDenied", "Access denied");
  EXPECT_EQ(fact_.unseen().reason, "bus");
}

TEST_F(FailedUnitsObserverTest, IsUnseenWhileTheBusIsLostAndListsAfterwards) {
  follow_listed({x});
  manager_.emit_changed("y.service", unit_interface, state_body("failed", "failed"));
  manager_.disconnect("the bus closed the connection");
  ASSERT_TRUE(run_until([this] { return !fact_; }));
  EXPECT_EQ(fact_.unseen().reason, "stale");
  manager_.connect();
  manager_.reply(listing, rows({"y.service"}));
  EXPECT_THAT(*fact_, ElementsAre("y.service"));
}
}  // namespace
}  // namespace checklist::observe
