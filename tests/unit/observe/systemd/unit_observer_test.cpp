// SPDX-License-Identifier: MIT
#include "observe/systemd/unit_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace checklist::testing;
constexpr auto listing = "ListUnitsByNames";
constexpr auto x = "x.service";

class UnitObserverTest : public SystemdFixture {
 protected:
  // Follows one unit that is listed as this.
  void follow_listed(const UnitRow& as) {
    observer_.follow({{as.name}});
    manager_.connect();
    manager_.reply(listing, rows({as}));
  }

  static Values rows(const std::vector<UnitRow>& units) {
    Values out;
    for (const UnitRow& unit : units) {
      out.push_back(row(unit));
    }
    return {Value{out}};
  }

  const Observed<Unit>& fact(const std::string& name = x) { return facts_[{name}]; }

  std::map<UnitKey, Observed<Unit>> facts_;
  std::vector<std::string> changed_;
  UnitObserver observer_{
      systemd_, [this](const UnitKey& key, Observed<Unit> fact) { facts_[key] = std::move(fact); },
      [this](const std::string& name) { changed_.push_back(name); }};
};

TEST_F(UnitObserverTest, ListsAllFollowedUnitsInOneCall) {
  observer_.follow({{x}, {"y.timer"}});
  manager_.connect();
  ASSERT_EQ(manager_.calls.size(), 1U);
  EXPECT_EQ(manager_.calls[0].arguments, Values{strs({x, "y.timer"})});
  manager_.reply(listing, rows({{.name = x}, {.name = "y.timer", .sub = "waiting"}}));
  EXPECT_EQ(fact()->active, ActiveState::active);
  EXPECT_EQ(fact("y.timer")->sub, "waiting");
}

TEST_F(UnitObserverTest, TakesStatesFromSignalsWithoutACall) {
  follow_listed({.name = x});
  manager_.emit_changed(x, unit_interface, state_body("failed", "failed"));
  EXPECT_EQ(fact()->active, ActiveState::failed);
  EXPECT_EQ(fact()->sub, "failed");
  EXPECT_TRUE(manager_.calls.empty());
  EXPECT_THAT(changed_, ElementsAre(x, x));
}

TEST_F(UnitObserverTest, IgnoresSignalsOfOtherInterfacesAndUnits) {
  follow_listed({.name = x});
  manager_.emit_changed(x, "org.freedesktop.systemd1.Service", state_body("failed", "failed"));
  manager_.emit_changed("y.service", unit_interface, state_body("failed", "failed"));
  EXPECT_EQ(fact()->active, ActiveState::active);
}

TEST_F(UnitObserverTest, AJobCountsBeforeItsTypeIsListed) {
  follow_listed({.name = x});
  manager_.emit_changed(x, unit_interface, state_body("inactive", "dead", 42));
  EXPECT_EQ(fact()->job, 42U);
  EXPECT_EQ(fact()->job_type, "");
  EXPECT_TRUE(fact()->job_since);
  manager_.reply(
      listing,
      rows({{.name = x, .active = "inactive", .sub = "dead", .job = 42, .job_type = "restart"}}));
  EXPECT_EQ(fact()->job, 42U);
  EXPECT_EQ(fact()->job_type, "restart");
  const auto since = fact()->job_since;
  manager_.emit_changed(x, unit_interface, state_body("activating", "start", 42));
  EXPECT_EQ(fact()->job_type, "restart");
  EXPECT_EQ(fact()->job_since, since);
  EXPECT_TRUE(manager_.calls.empty()) << "a known job is not listed again";
}

TEST_F(UnitObserverTest, AFinishedJobIsRemoved) {
  follow_listed(
      {.name = x, .active = "activating", .sub = "start", .job = 42, .job_type = "start"});
  manager_.emit_changed(x, unit_interface, state_body("active", "running", 0));
  EXPECT_EQ(fact()->job, 0U);
  EXPECT_EQ(fact()->job_type, "");
  EXPECT_FALSE(fact()->job_since);
}

TEST_F(UnitObserverTest, ListsAUnitThatIsLoadedAfterItsJobWasRemoved) {
  follow_listed({.name = x, .load = "not-found", .active = "inactive", .sub = "dead"});
  manager_.emit_job_removed(42, x, "done");
  manager_.emit_load("UnitNew", x);
  manager_.reply(listing, rows({{.name = x}}));
  EXPECT_EQ(fact()->load, LoadState::loaded);
  EXPECT_EQ(fact()->active, ActiveState::active);
}

// systemd issue 4095: the listing of an unloaded unit emits UnitNew and UnitRemoved.
TEST_F(UnitObserverTest, DoesNotListAgainIfLoadingChangedNothing) {
  const UnitRow unloaded{.name = x, .load = "not-found", .active = "inactive", .sub = "dead"};
  follow_listed(unloaded);
  manager_.emit_load("UnitNew", x);
  manager_.emit_load("UnitRemoved", x);
  ASSERT_EQ(manager_.pending(listing), 1U);
  manager_.reply(listing, rows({unloaded}));
  manager_.emit_load("UnitNew", x);
  manager_.emit_load("UnitRemoved", x);
  EXPECT_TRUE(manager_.calls.empty());
  manager_.emit_changed(x, unit_interface, state_body("active", "running"));
  EXPECT_EQ(manager_.pending(listing), 1U) << "its LoadState is not in the signal";
}

TEST_F(UnitObserverTest, ListsAfterALoadAlthoughAnotherListingChangedNothing) {
  const UnitRow unloaded{.name = x, .load = "not-found", .active = "inactive", .sub = "dead"};
  follow_listed(unloaded);
  observer_.resync();
  manager_.reply(listing, rows({unloaded}));
  manager_.emit_load("UnitNew", x);
  EXPECT_EQ(manager_.pending(listing), 1U);
}

TEST_F(UnitObserverTest, IgnoresSignalsDuringAReloadAndListsAfterwards) {
  follow_listed({.name = x});
  manager_.emit("Reloading", {Value{true}});
  manager_.emit_load("UnitRemoved", x);
  manager_.emit_changed(x, unit_interface, state_body("inactive", "dead"));
  manager_.emit_load("UnitNew", x);
  EXPECT_EQ(fact()->active, ActiveState::active);
  EXPECT_EQ(manager_.pending(listing), 0U);
  manager_.emit("Reloading", {Value{false}});
  manager_.reply(listing, rows({{.name = x, .active = "reloading", .sub = "reload"}}));
  EXPECT_EQ(fact()->active, ActiveState::reloading);
}

TEST_F(UnitObserverTest, FollowsAnAliasToAnotherUnit) {
  constexpr auto alias = "alias.service";
  observer_.follow({{alias}});
  manager_.connect();
  manager_.reply(listing, rows({{.name = "a.service"}}));
  manager_.emit_changed("a.service", unit_interface, state_body("failed", "failed"));
  EXPECT_EQ(fact(alias)->active, ActiveState::failed);
  observer_.resync();
  manager_.reply(listing, rows({{.name = "b.service"}}));
  EXPECT_EQ(fact(alias)->id, "b.service");
  manager_.emit_changed("a.service", unit_interface, state_body("inactive", "dead"));
  EXPECT_EQ(fact(alias)->active, ActiveState::active) << "the previous unit no longer counts";
  manager_.emit_changed("b.service", unit_interface, state_body("failed", "failed"));
  EXPECT_EQ(fact(alias)->active, ActiveState::failed);
}

TEST_F(UnitObserverTest, IsUnseenWhileTheBusIsLostAndListsAfterwards) {
  follow_listed({.name = x});
  manager_.emit_changed(x, unit_interface, state_body("inactive", "dead", 42));
  manager_.disconnect("the bus closed the connection");
  EXPECT_TRUE(fact()) << "a short interruption does not count";
  ASSERT_TRUE(run_until([this] { return !fact(); }));
  EXPECT_EQ(fact().unseen().reason, "stale");
  EXPECT_THAT(fact().unseen().why, HasSubstr("the bus closed the connection"));
  manager_.connect();
  ASSERT_EQ(manager_.pending(listing), 1U) << "although the previous call was never answered";
  manager_.reply(listing, rows({{.name = x}}));
  EXPECT_EQ(fact()->active, ActiveState::active);
}

TEST_F(UnitObserverTest, IgnoresAReplyAboutADroppedUnit) {
  observer_.follow({{x}, {"y.service"}});
  manager_.connect();
  observer_.follow({{"y.service"}});
  manager_.reply(listing, rows({{.name = x}, {.name = "y.service"}}));
  EXPECT_FALSE(facts_.contains({x}));
  EXPECT_TRUE(fact("y.service"));
  manager_.emit_changed(x, unit_interface, state_body("failed", "failed"));
  EXPECT_FALSE(facts_.contains({x}));
}

TEST_F(UnitObserverTest, AnErrorOfABatchIsNarrowedDownToItsUnit) {
  observer_.follow({{x}, {"y.service"}});
  manager_.connect();
  manager_.fail(listing, "org.freedesktop.DBus.Error.InvalidArgs", "Invalid unit name");
  ASSERT_EQ(manager_.pending(listing), 2U);
  manager_.fail(listing, "org.freedesktop.DBus.Error.InvalidArgs", "Invalid unit name");
  manager_.reply(listing, rows({{.name = "y.service"}}));
  EXPECT_EQ(fact().unseen().reason, "bus");
  EXPECT_THAT(fact().unseen().why, HasSubstr("Invalid unit name"));
  EXPECT_TRUE(fact("y.service"));
}

TEST_F(UnitObserverTest, AnInvalidNameIsUnsupportedAndNotListed) {
  observer_.follow({{"no unit"}});
  manager_.connect();
  EXPECT_EQ(fact("no unit").unseen().reason, "unsupported");
  EXPECT_TRUE(manager_.calls.empty());
}

TEST_F(UnitObserverTest, IgnoresAMalformedRow) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.reply(listing, {Value{Values{str("no row")}}});
  EXPECT_TRUE(fact().pending());
}
}  // namespace
}  // namespace checklist::observe
