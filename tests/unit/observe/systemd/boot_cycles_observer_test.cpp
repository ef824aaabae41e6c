// SPDX-License-Identifier: MIT
#include "observe/systemd/boot_cycles_observer.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace checklist::testing;

class BootCyclesObserverTest : public SystemdFixture {
 protected:
  // Answers all calls, as a manager with these dependencies would that refuses to say one property.
  void answer_all(const std::string& refused = "") {
    while (!manager_.calls.empty()) {
      const auto call = manager_.calls.front();
      manager_.calls.pop_front();
      if (call.about() == refused) {
        FakeManager::answer(call, {.body = {},
                                   .error = "org.freedesktop.DBus.Error.AccessDenied",
                                   .message = "Access denied"});
        continue;
      }
      const std::string unit = bus::unescaped_name(call.path);
      FakeManager::answer(call,
                          {.body = {strs(edges_[unit][call.about()])}, .error = {}, .message = {}});
    }
  }

  std::map<std::string, std::map<std::string, std::vector<std::string>>> edges_{
      {"boot.target", {{"Wants", {"a.service"}}, {"Requires", {"b.service"}}}},
      {"a.service", {{"After", {"b.service"}}, {"Upholds", {"c.service"}}}},
      {"b.service", {{"After", {"a.service", "elsewhere.service"}}}}};
  Observed<std::vector<BootCycle>> fact_;
  BootCyclesObserver observer_{
      systemd_, [this](const BootCyclesKey& /*key*/, auto fact) { fact_ = std::move(fact); }};
};

TEST_F(BootCyclesObserverTest, FindsACycleAmongWhatTheTargetPullsIn) {
  observer_.follow({{"boot.target"}});
  manager_.connect();
  answer_all();
  ASSERT_TRUE(fact_);
  ASSERT_THAT(*fact_, SizeIs(1));
  EXPECT_THAT(fact_->front().may_drop, ElementsAre("a.service"));
}

TEST_F(BootCyclesObserverTest, AsksAboutFewUnitsAtATimeAndEachOnce) {
  for (int i = 0; i < 100; ++i) {
    edges_["boot.target"]["Wants"].push_back(std::to_string(i) + ".service");
    edges_[std::to_string(i) + ".service"]["Wants"] = {"boot.target"};
  }
  observer_.follow({{"boot.target"}});
  manager_.connect();
  std::size_t most = 0;
  std::size_t asked = 0;
  while (!manager_.calls.empty()) {
    most = std::max(most, manager_.calls.size());
    asked += manager_.calls.front().about() == "After" ? 1U : 0U;
    const auto call = manager_.calls.front();
    manager_.calls.pop_front();
    const std::string unit = bus::unescaped_name(call.path);
    FakeManager::answer(call,
                        {.body = {strs(edges_[unit][call.about()])}, .error = {}, .message = {}});
  }
  EXPECT_LE(most, 20U);
  EXPECT_EQ(asked, 104U);
}

TEST_F(BootCyclesObserverTest, ReadsAgainAfterAReloadOnly) {
  observer_.follow({{"boot.target"}});
  manager_.connect();
  answer_all();
  observer_.look_again();
  observer_.follow({{"boot.target"}});
  EXPECT_THAT(manager_.calls, IsEmpty());
  edges_["b.service"]["After"] = {};
  manager_.emit("Reloading", {Value{true}});
  manager_.emit("Reloading", {Value{false}});
  answer_all();
  EXPECT_THAT(*fact_, IsEmpty());
}

TEST_F(BootCyclesObserverTest, RepliesFromBeforeAReloadDoNotCount) {
  observer_.follow({{"boot.target"}});
  manager_.connect();
  const auto late = manager_.take("Requires");
  manager_.emit("Reloading", {Value{true}});
  manager_.emit("Reloading", {Value{false}});
  FakeManager::answer(late, {.body = {strs({"late.service"})}, .error = {}, .message = {}});
  edges_["late.service"]["After"] = {"late2.service"};
  answer_all();
  EXPECT_TRUE(fact_);
}

TEST_F(BootCyclesObserverTest, APropertyThatSystemdDoesNotHaveIsEmpty) {
  observer_.follow({{"boot.target"}});
  manager_.connect();
  manager_.fail("Upholds", "org.freedesktop.DBus.Error.UnknownProperty", "no such property");
  answer_all();
  EXPECT_TRUE(fact_);
}

TEST_F(BootCyclesObserverTest, IsUnseenWhenAReadIsRefused) {
  observer_.follow({{"boot.target"}});
  manager_.connect();
  answer_all("After");
  EXPECT_EQ(fact_.unseen().reason, "bus");
}

TEST_F(BootCyclesObserverTest, IsUnseenForAnInvalidNameOrWithoutAManager) {
  observer_.follow({{"nonsense"}});
  EXPECT_EQ(fact_.unseen().reason, "unsupported");
  observer_.follow({{"boot.target"}});
  ASSERT_TRUE(run_until([this] { return fact_.unseen().reason == "bus"; }));
}
}  // namespace
}  // namespace checklist::observe
