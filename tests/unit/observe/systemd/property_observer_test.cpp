// SPDX-License-Identifier: MIT
#include "observe/systemd/property_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::HasSubstr;
using namespace checklist::testing;
constexpr auto x = "x.service";
constexpr auto service_interface = "org.freedesktop.systemd1.Service";

class PropertyObserverTest : public SystemdFixture {
 protected:
  // Follows these properties of x.service, whose canonical name is `id`.
  void follow(const std::set<std::string>& properties, const std::string& id = x) {
    std::set<PropertyKey> keys;
    for (const std::string& property : properties) {
      keys.insert({x, property});
    }
    observer_.follow(keys);
    manager_.connect();
    manager_.reply_all("Id", {str(id)});
  }

  static Values body(Dict properties) { return {Value{std::move(properties)}}; }

  const Observed<Value>& fact(const std::string& property) { return facts_[{x, property}]; }

  std::map<PropertyKey, Observed<Value>> facts_;
  PropertyObserver observer_{systemd_, [this](const PropertyKey& key, Observed<Value> fact) {
                               facts_[key] = std::move(fact);
                             }};
};

TEST_F(PropertyObserverTest, ReadsUnitPropertiesOneByOneAndThoseOfTheTypeTogether) {
  follow({"FragmentPath", "MainPID", "Restart"});
  EXPECT_EQ(manager_.pending("Get"), 1U);
  ASSERT_EQ(manager_.pending("GetAll"), 1U);
  EXPECT_EQ(manager_.calls.back().arguments, Values{str(service_interface)});
  manager_.reply("FragmentPath", {str("/etc/systemd/system/x.service")});
  manager_.reply("GetAll", body(Dict{{"MainPID", num(7)}, {"Restart", str("no")}}));
  EXPECT_EQ(*fact("FragmentPath"), str("/etc/systemd/system/x.service"));
  EXPECT_EQ(*fact("MainPID"), num(7));
  EXPECT_EQ(*fact("Restart"), str("no"));
}

TEST_F(PropertyObserverTest, TakesValuesFromSignalsAndReadsInvalidatedOnes) {
  follow({"MainPID", "Result"});
  manager_.reply("GetAll", body(Dict{{"MainPID", num(7)}, {"Result", str("success")}}));
  manager_.emit_changed(x, service_interface, {{"MainPID", num(8)}}, {"Result"});
  EXPECT_EQ(*fact("MainPID"), num(8));
  EXPECT_EQ(*fact("Result"), str("success"));
  manager_.reply("Result", {str("exit-code")});
  EXPECT_EQ(*fact("Result"), str("exit-code"));
}

TEST_F(PropertyObserverTest, TakesSignalsUnderTheCanonicalNameOfAnAlias) {
  follow({"MainPID"}, "real.service");
  manager_.emit_changed("real.service", service_interface, {{"MainPID", num(8)}});
  EXPECT_EQ(*fact("MainPID"), num(8));
  manager_.emit_changed(x, service_interface, {{"MainPID", num(9)}});
  EXPECT_EQ(*fact("MainPID"), num(8));
}

TEST_F(PropertyObserverTest, ReadsUnsignalledPropertiesAgainWithANewInvocation) {
  follow({"MainPID", "Restart"});
  manager_.reply("GetAll", body(Dict{{"MainPID", num(7)}, {"Restart", str("no")}}));
  manager_.emit_changed(x, service_interface, {{"MainPID", num(8)}});
  manager_.emit_changed(x, unit_interface, {{"InvocationID", invocation(1)}});
  ASSERT_EQ(manager_.pending("GetAll"), 1U);
  manager_.reply("GetAll", body(Dict{{"MainPID", num(99)}, {"Restart", str("always")}}));
  EXPECT_EQ(*fact("Restart"), str("always"));
  EXPECT_EQ(*fact("MainPID"), num(8)) << "signals carry it";
  manager_.emit_changed(x, unit_interface, {{"InvocationID", invocation(1)}});
  EXPECT_TRUE(manager_.calls.empty()) << "the invocation is the same";
}

TEST_F(PropertyObserverTest, ReadsEveryPropertyOfAUnitAgainOnRequest) {
  follow({"FragmentPath", "MainPID"});
  manager_.reply("FragmentPath", {str("/etc/systemd/system/x.service")});
  manager_.reply("GetAll", body(Dict{{"MainPID", num(7)}}));
  observer_.look_at_unit("y.service");
  EXPECT_TRUE(manager_.calls.empty());
  observer_.look_at_unit(x);
  EXPECT_EQ(manager_.pending("Get"), 1U);
  ASSERT_EQ(manager_.pending("GetAll"), 1U);
  manager_.reply("GetAll", body(Dict{{"MainPID", num(8)}}));
  EXPECT_EQ(*fact("MainPID"), num(8));
}

TEST_F(PropertyObserverTest, ReadsTheControlGroupAgainAfterAStateChange) {
  follow({"ControlGroup", "MainPID"});
  manager_.reply_all("GetAll", body(Dict{{"ControlGroup", str("")}, {"MainPID", num(7)}}));
  observer_.unit_turned(x);
  ASSERT_EQ(manager_.calls.size(), 1U);
  manager_.reply("ControlGroup", {str("/system.slice/x.service")});
  EXPECT_EQ(*fact("ControlGroup"), str("/system.slice/x.service"));
}

TEST_F(PropertyObserverTest, HasOneQueryOfAPropertyInFlight) {
  follow({"ControlGroup"});
  manager_.reply_all("GetAll", body(Dict{{"ControlGroup", str("")}}));
  for (int i = 0; i < 5; ++i) {
    observer_.look_at({x, "ControlGroup"});
  }
  EXPECT_EQ(manager_.pending("ControlGroup"), 1U);
  manager_.reply("ControlGroup", {str("/a")});
  EXPECT_EQ(manager_.pending("ControlGroup"), 1U) << "of what changed meanwhile";
  manager_.reply("ControlGroup", {str("/b")});
  EXPECT_EQ(manager_.pending("ControlGroup"), 0U);
  EXPECT_EQ(*fact("ControlGroup"), str("/b"));
}

TEST_F(PropertyObserverTest, AMissingPropertyIsUnsupported) {
  follow({"FragmentPath", "NoSuch"});
  manager_.fail("FragmentPath", "org.freedesktop.DBus.Error.UnknownProperty", "Unknown property");
  manager_.reply("GetAll", body(Dict{}));
  EXPECT_EQ(fact("FragmentPath").unseen().reason, "unsupported");
  EXPECT_EQ(fact("NoSuch").unseen().reason, "unsupported");
}

TEST_F(PropertyObserverTest, ARefusedCallIsAnErrorOfTheBus) {
  follow({"FragmentPath", "MainPID"});
  manager_.fail("FragmentPath", "org.freedesktop.DBus.Error.AccessDenied", "Access denied");
  manager_.fail("GetAll", "org.freedesktop.DBus.Error.Timeout", "Connection timed out");
  EXPECT_EQ(fact("FragmentPath").unseen().reason, "bus");
  EXPECT_THAT(fact("FragmentPath").unseen().why, HasSubstr("Access denied"));
  EXPECT_EQ(fact("MainPID").unseen().reason, "bus");
  EXPECT_THAT(fact("MainPID").unseen().why, HasSubstr("Connection timed out"));
}

TEST_F(PropertyObserverTest, IsUnseenWhileTheBusIsLostAndReadsAfterwards) {
  follow({"MainPID"});
  manager_.reply("GetAll", body(Dict{{"MainPID", num(7)}}));
  manager_.disconnect("the bus closed the connection");
  ASSERT_TRUE(run_until([this] { return !fact("MainPID"); }));
  EXPECT_EQ(fact("MainPID").unseen().reason, "stale");
  manager_.connect();
  manager_.reply("GetAll", body(Dict{{"MainPID", num(9)}}));
  EXPECT_EQ(*fact("MainPID"), num(9));
}

TEST_F(PropertyObserverTest, IgnoresRepliesAboutADroppedUnit) {
  follow({"FragmentPath", "MainPID"});
  observer_.follow({});
  manager_.reply("FragmentPath", {str("/etc/systemd/system/x.service")});
  manager_.reply("GetAll", body({{"MainPID", num(7)}}));
  EXPECT_TRUE(facts_.empty());
}

TEST_F(PropertyObserverTest, ReadsNothingOfADroppedUnit) {
  follow({"MainPID"});
  observer_.follow({});
  manager_.emit_changed(x, service_interface, {{"MainPID", num(8)}});
  observer_.unit_turned(x);
  EXPECT_FALSE(facts_.contains({x, "MainPID"}));
}
}  // namespace
}  // namespace checklist::observe
