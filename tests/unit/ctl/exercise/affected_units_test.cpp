// SPDX-License-Identifier: MIT
#include "ctl/exercise/affected_units.hpp"

#include <gmock/gmock.h>

namespace checklist::ctl {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

using Edges = std::map<std::string, std::vector<std::string>>;

class AffectedUnits : public ::testing::Test {
 protected:
  ObservedUnit& add(const std::string& name, Edges edges = {},
                    ActiveState active = ActiveState::active) {
    auto unit = std::make_shared<ObservedUnit>();
    unit->unit = name;
    unit->seen.id = name;
    unit->seen.load = LoadState::loaded;
    unit->seen.active = active;
    unit->names = {name};
    unit->edges = std::move(edges);
    return *(units_[name] = unit);
  }

  [[nodiscard]] Affected affected() const {
    return affected_units("x.service", units_, own_cgroup_);
  }

  [[nodiscard]] std::string refusal() const { return affected().refused; }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const AffectedUnit& each : affected().units) {
      out.push_back(each.unit);
    }
    return out;
  }

  ObservedUnits units_;
  std::string own_cgroup_ = "/user.slice/user-0.slice/session-1.scope";
};

TEST_F(AffectedUnits, AreThoseThatStopWithIt) {
  add("x.service", {{"RequiredBy", {"a.service"}}, {"WantedBy", {"w.service"}}});
  add("a.service", {{"BoundBy", {"b.service"}}});
  add("b.service");
  EXPECT_THAT(names(), ElementsAre("x.service", "a.service", "b.service"));
  EXPECT_EQ(affected().units.at(2).why, "is bound to a.service");
  EXPECT_THAT(affected().dependents, UnorderedElementsAre("a.service", "w.service"));
}

TEST_F(AffectedUnits, OfATimerAreNotWhatItTriggers) {
  add("x.service", {{"Triggers", {"scan.service"}}});
  add("scan.service");
  EXPECT_THAT(names(), ElementsAre("x.service"));
  EXPECT_THAT(affected().triggered, ElementsAre("scan.service"));
}

TEST_F(AffectedUnits, AreNotThoseThatAreDown) {
  add("x.service", {{"RequiredBy", {"a.service"}}});
  add("a.service", {}, ActiveState::inactive);
  EXPECT_THAT(names(), ElementsAre("x.service"));
}

TEST_F(AffectedUnits, BeginWithWhatWouldStartItAgain) {
  add("x.service", {{"TriggeredBy", {"x.socket", "x.timer"}}});
  add("x.socket");
  add("x.timer");
  EXPECT_THAT(names(), ElementsAre("x.socket", "x.service"));
}

TEST_F(AffectedUnits, AreThoseThatNothingNeedsThen) {
  add("x.service", {{"Wants", {"helper.service", "lasting.service"}}});
  add("helper.service").stops_when_unneeded = true;
  add("lasting.service");
  EXPECT_THAT(names(), ElementsAre("x.service", "helper.service"));
}

TEST_F(AffectedUnits, AreThoseThatAStopStarts) {
  add("x.service", {{"OnSuccess", {"report.service"}}});
  add("report.service", {}, ActiveState::inactive);
  EXPECT_THAT(names(), ElementsAre("x.service", "report.service"));
}

TEST_F(AffectedUnits, OfACircleAreEachThereOnce) {
  add("x.service", {{"ConsistsOf", {"y.service"}}});
  add("y.service", {{"BoundBy", {"x.service"}}});
  EXPECT_THAT(names(), ElementsAre("x.service", "y.service"));
}

TEST_F(AffectedUnits, ThatAreNotObservedAreAskedFor) {
  add("x.service", {{"RequiredBy", {"a.service"}}, {"Wants", {"basic.target"}}});
  EXPECT_THAT(unknown_units("x.service", units_),
              UnorderedElementsAre("a.service", "basic.target"));
}

TEST_F(AffectedUnits, AreRefusedIfOneMayNotBeStopped) {
  add("x.service", {{"RequiredBy", {"a.service"}}});
  EXPECT_EQ(refusal(), "");
  add("a.service").may_stop = false;
  EXPECT_EQ(refusal(), "a.service may not be stopped on request, and requires x.service");
}

TEST_F(AffectedUnits, AreRefusedIfThisProcessIsInOne) {
  add("x.service").cgroup = "/system.slice/x.service";
  EXPECT_EQ(refusal(), "");
  own_cgroup_ = "/system.slice/x.service/shell";
  EXPECT_THAT(refusal(), HasSubstr("would be stopped with it"));
  own_cgroup_ = "/system.slice/x.service-other";
  EXPECT_EQ(refusal(), "");
}

TEST_F(AffectedUnits, AreRefusedInAStateThatCannotBeRestored) {
  add("x.service", {}, ActiveState::failed);
  EXPECT_THAT(refusal(), HasSubstr("has failed"));
  add("x.service", {}, ActiveState::activating);
  EXPECT_THAT(refusal(), HasSubstr("try again later"));
  add("x.service").seen.load = LoadState::masked;
  EXPECT_EQ(refusal(), "x.service is masked");
  add("x.service", {{"UpheldBy", {"up.service"}}});
  EXPECT_THAT(refusal(), HasSubstr("up.service would start"));
}

TEST_F(AffectedUnits, AreOfKindsThatHaveAStateOfTheirOwn) {
  add("x.mount");
  EXPECT_THAT(affected_units("x.mount", units_, "").refused, HasSubstr("only services"));
  add("dbus.service");
  EXPECT_THAT(affected_units("dbus.service", units_, "").refused, HasSubstr("needs it"));
}
}  // namespace
}  // namespace checklist::ctl
