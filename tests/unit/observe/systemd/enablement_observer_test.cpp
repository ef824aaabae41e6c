// SPDX-License-Identifier: MIT
#include "observe/systemd/enablement_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::HasSubstr;
using namespace checklist::testing;
constexpr auto x = "x.service";
constexpr auto get_state = "GetUnitFileState";
constexpr auto no_such_unit = "org.freedesktop.systemd1.NoSuchUnit";

class EnablementObserverTest : public SystemdFixture {
 protected:
  const Observed<std::string>& fact(const std::string& unit = x) { return facts_[{unit}]; }

  std::map<EnablementKey, Observed<std::string>> facts_;
  EnablementObserver observer_{systemd_,
                               [this](const EnablementKey& key, Observed<std::string> fact) {
                                 facts_[key] = std::move(fact);
                               }};
};

TEST_F(EnablementObserverTest, AsksAboutOneUnitAtATime) {
  observer_.follow({{x}, {"y.service"}});
  manager_.connect();
  ASSERT_EQ(manager_.calls.size(), 1U);
  EXPECT_EQ(manager_.calls[0].arguments, Values{str(x)});
  manager_.reply(get_state, {str("enabled")});
  ASSERT_EQ(manager_.calls.size(), 1U);
  manager_.reply(get_state, {str("static")});
  EXPECT_EQ(*fact(), "enabled");
  EXPECT_EQ(*fact("y.service"), "static");
}

TEST_F(EnablementObserverTest, AsksAgainWhenUnitFilesChange) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.reply(get_state, {str("enabled")});
  manager_.emit("UnitFilesChanged", {});
  manager_.reply(get_state, {str("disabled")});
  EXPECT_EQ(*fact(), "disabled");
}

TEST_F(EnablementObserverTest, AMissingUnitFileIsConfirmedBeforeItCounts) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.fail(get_state, no_such_unit, "Unit x.service not found.");
  EXPECT_TRUE(fact().pending());
  manager_.fail(get_state, no_such_unit, "Unit x.service not found.");
  EXPECT_EQ(*fact(), "not-found");
}

TEST_F(EnablementObserverTest, AMissingUnitFileThatIsBackWasNeverMissing) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.fail(get_state, "org.freedesktop.DBus.Error.FileNotFound", "No such file or directory");
  manager_.reply(get_state, {str("enabled")});
  EXPECT_EQ(*fact(), "enabled");
}

TEST_F(EnablementObserverTest, ARefusedCallIsAnErrorOfTheBusAndTheNextUnitIsAsked) {
  observer_.follow({{x}, {"y.service"}});
  manager_.connect();
  manager_.fail(get_state, "org.freedesktop.DBus.Error.AccessDenied", "Access denied");
  EXPECT_EQ(fact().unseen().reason, "bus");
  EXPECT_THAT(fact().unseen().why, HasSubstr("Access denied"));
  manager_.reply(get_state, {str("static")});
  EXPECT_EQ(*fact("y.service"), "static");
}

TEST_F(EnablementObserverTest, SaysWhatToDoAboutLinksThatLeadToEachOther) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.fail(get_state, "System.Error.ELOOP", "Too many levels of symbolic links");
  EXPECT_THAT(fact().unseen().remedy, HasSubstr("lead to each other"));
}

TEST_F(EnablementObserverTest, ACallOfALostConnectionDoesNotBlockTheQueue) {
  observer_.follow({{x}});
  manager_.connect();
  manager_.disconnect("the bus closed the connection");
  ASSERT_TRUE(run_until([this] { return fact().unseen().reason == "stale"; }));
  manager_.connect();
  ASSERT_EQ(manager_.pending(get_state), 1U);
  manager_.reply(get_state, {str("enabled")});
  EXPECT_EQ(*fact(), "enabled");
}

TEST_F(EnablementObserverTest, IgnoresAReplyAboutADroppedUnit) {
  observer_.follow({{x}});
  manager_.connect();
  observer_.follow({});
  manager_.reply(get_state, {str("enabled")});
  EXPECT_FALSE(facts_.contains({x}));
}
}  // namespace
}  // namespace checklist::observe
