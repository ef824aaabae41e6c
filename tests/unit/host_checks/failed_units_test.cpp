// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"
#include "support/unit_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef failed_units;

namespace {
using namespace std::chrono_literals;
using checklist::testing::HostWorld;
using checklist::testing::texts;
using ::testing::ElementsAre;

HostWorld world_with(std::set<std::string> failed) {
  HostWorld world;
  world.with(FailedUnitsKey{}, std::move(failed));
  return world;
}

TEST(FailedUnits, PassWhereNoneIs) {
  EXPECT_THAT(world_with({}).verdicts(failed_units), ElementsAre("pass"));
}

TEST(FailedUnits, FailForEach) {
  EXPECT_THAT(world_with({"a.service", "b.timer"}).verdicts(failed_units),
              ElementsAre("fail failed a.service", "fail failed b.timer"));
}

TEST(FailedUnits, LeaveOutThoseThatMayBe) {
  const Dict allow{{"allow", texts({"a.service"})}};
  EXPECT_THAT(world_with({"a.service"}).verdicts(failed_units, allow), ElementsAre("pass"));
  EXPECT_THAT(world_with({"a.service", "b.service"}).verdicts(failed_units, allow),
              ElementsAre("fail failed b.service"));
}

TEST(FailedUnits, LeaveThoseWithASpecToIt) {
  const auto verdicts = [](const auto& change) {
    Spec spec;
    spec.unit = "a.service";
    change(spec);
    Unit known;
    known.id = "a.service";
    return world_with({"a.service"})
        .with(UnitKey{spec.unit}, known)
        .with(std::move(spec))
        .verdicts(failed_units);
  };
  EXPECT_THAT(verdicts([](Spec&) {}), ElementsAre("pass"));
  EXPECT_THAT(verdicts([](Spec& spec) { spec.unit = "alias.service"; }), ElementsAre("pass"));
  const auto counts = ElementsAre("fail failed a.service");
  EXPECT_THAT(verdicts([](Spec& spec) { spec.enabled = false; }), counts);
  EXPECT_THAT(verdicts([](Spec& spec) { spec.user = "dev"; }), counts);
  EXPECT_THAT(verdicts([](Spec& spec) { spec.switched_off.insert("service_state"); }), counts);
}

TEST(FailedUnits, AreUnknownWhereTheyCannotBeListed) {
  HostWorld world;
  world.with(FailedUnitsKey{}, Unseen{"stale", "the bus is gone", ""});
  EXPECT_THAT(world.verdicts(failed_units), ElementsAre("unknown stale units"));
}

TEST(FailedUnits, NameThoseOfAUserWhoReports) {
  HostWorld world = world_with({});
  Spec spec;
  spec.unit = "jupyter.service";
  spec.user = "dev";
  world.with(std::move(spec)).at(40s);
  const auto reported = [&world](Duration at) {
    world.with(PublisherKey{"dev"},
               Publisher{.since = {}, .last_report = TimePoint{at}, .failed_units = {"x.service"}});
  };
  reported(20s);
  EXPECT_THAT(world.verdicts(failed_units), ElementsAre("fail failed dev/x.service"));
  const Finding found = world.evaluate(failed_units).at(0);
  EXPECT_EQ(found.observed, "unit of user dev is failed");
  EXPECT_THAT(found.hint, ::testing::HasSubstr("`systemctl --user status x.service` as user dev"));
  reported(10s);
  EXPECT_THAT(world.verdicts(failed_units), ElementsAre("pass"));
}

TEST(FailedUnits, TellAUserTheUsersCommand) {
  HostWorld world = world_with({"a.service"});
  EXPECT_NE(world.of_user("dev").evaluate(failed_units).at(0).hint.find("systemctl --user status"),
            std::string::npos);
}
}  // namespace
}  // namespace checklist::host_checks
