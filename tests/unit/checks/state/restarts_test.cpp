// SPDX-License-Identifier: MIT
#include "checks/state/restarts.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::a_unit;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::usec;
using testing::World;

const Unseen denied{"permission", "access denied", "allow it"};
const Unit unit = a_unit("x.service", ActiveState::active, "running");
const RestartLimit three{.most = 3, .window = {}};

// A service with these automatic restarts, at one hour after boot.
World restarted(const std::vector<Duration>& moments) {
  History history;
  for (const Duration each : moments) {
    history.restarts.emplace_back(each);
  }
  World world = a_service_in(ActiveState::active, "running");
  world.with(HistoryKey{"x.service"}, history)
      .number("RestartMaxDelayUSec", UINT64_MAX)
      .number("NRestarts", moments.size());
  return world;
}

Findings judged(World& world, const RestartLimit& limit = three) {
  View see = world.view();
  return restarts(limit, see, unit);
}

std::string expected(World& world, const RestartLimit& limit = three) {
  world.with(PropertyKey{"x.service", "NRestarts"}, denied);
  return judged(world, limit)[0].expected;
}

TEST(Restarts, AreTooManyOnlyWithinTheWindow) {
  World frequent = restarted({50min + 1us, 51min, 52min, 53min});
  ASSERT_EQ(judged(frequent).size(), 1U);
  EXPECT_EQ(judged(frequent)[0].status, Status::fail);
  EXPECT_EQ(judged(frequent)[0].observed, "more than 3 automatic restarts within 10min");
  World rare = restarted({50min, 51min, 52min, 53min});
  EXPECT_THAT(judged(rare), IsEmpty());
  World earlier = restarted({1min, 2min, 3min, 4min, 58min});
  EXPECT_THAT(judged(earlier), IsEmpty());
}

TEST(Restarts, AreEvaluatedAgainWhenTheWindowHasPassed) {
  World world = restarted({55min, 56min, 57min, 58min, 59min});
  View see = world.view();
  EXPECT_EQ(restarts(three, see, unit).size(), 1U);
  EXPECT_EQ(see.wake_at(), TimePoint{66min});
}

TEST(Restarts, ObeyTheLimitOfTheSpec) {
  World world = restarted({57min, 58min});
  EXPECT_THAT(judged(world, {.most = 2, .window = {}}), IsEmpty());
  EXPECT_EQ(judged(world, {.most = 1, .window = {}}).size(), 1U);
  EXPECT_THAT(judged(world, {.most = 1, .window = semantics::Span{3min}}), IsEmpty());
  EXPECT_EQ(judged(world, {.most = 0, .window = semantics::Span{3min}}).size(), 1U);
}

TEST(Restarts, HaveAWindowThatLongPausesCanExceed) {
  World world = restarted({});
  EXPECT_EQ(expected(world), "at most 3 automatic restarts within 10min");
  world.number("RestartUSec", usec(5min));
  EXPECT_EQ(expected(world), "at most 3 automatic restarts within 24min");
  world.number("RestartMaxDelayUSec", usec(9min));
  EXPECT_EQ(expected(world), "at most 3 automatic restarts within 40min");
  world.number("RestartMaxDelayUSec", usec(std::chrono::years{1000}));
  EXPECT_EQ(expected(world), "at most 3 automatic restarts within " +
                                 semantics::print_span(semantics::Span{4 * (24h + 60s)}));
}

TEST(Restarts, AreUnknownWhereTheCountOrTheTimesAreUnseen) {
  World world = restarted({56min, 57min, 58min, 59min});
  world.with(HistoryKey{"x.service"}, denied);
  EXPECT_EQ(judged(world)[0].status, Status::unknown);
  EXPECT_EQ(judged(world)[0].reason, "permission");
  world.number("NRestarts", 3);
  EXPECT_THAT(judged(world), IsEmpty());
  world.with(PropertyKey{"x.service", "NRestarts"}, denied);
  EXPECT_EQ(judged(world)[0].status, Status::unknown);
}

TEST(Restarts, DoNotCountWhereAManualStartOrTheJournalHasClearedThem) {
  World started = restarted({56min, 57min, 58min, 59min});
  started.number("NRestarts", 0);
  EXPECT_THAT(judged(started), IsEmpty());
  World vacuumed = restarted({57min, 58min, 59min});
  vacuumed.number("NRestarts", 9);
  EXPECT_THAT(judged(vacuumed), IsEmpty());
}

TEST(Restarts, AreCountedInTheDetailsAlone) {
  World world = restarted({56min, 57min, 58min, 59min});
  world.number("NRestarts", 17);
  world.spec().user = "dev";
  const Finding finding = judged(world)[0];
  EXPECT_EQ(finding.details, "17 automatic restarts since the last manual start");
  EXPECT_EQ(finding.observed.find("17"), std::string::npos);
  EXPECT_THAT(finding.hint, HasSubstr("`systemctl --user reset-failed x.service`"));
  EXPECT_THAT(finding.hint, HasSubstr("`systemctl --user restart x.service`"));
}
}  // namespace
}  // namespace checklist::checks
