// SPDX-License-Identifier: MIT
#include "engine/summarize.hpp"

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

class Summary : public testing::Test {
 protected:
  void property(const std::string& name, std::uint64_t usec) {
    facts_.put(PropertyKey{service_.spec.unit, name}, Value{usec});
  }

  UnitSummary of(const std::string& unit) {
    service_.spec.unit = unit;
    View view(facts_, 0, service_.spec, TimePoint{});
    return summarize(service_, view, {.moment = TimePoint{1h}, .wall = WallTime{1000h}});
  }

  Facts facts_;
  config::Service service_;
};

TEST_F(Summary, OfWhatIsNotKnownYetIsEmpty) {
  const UnitSummary out = of("x.service");
  EXPECT_EQ(out.restarts, std::nullopt);
  EXPECT_EQ(out.started, std::nullopt);
}

TEST_F(Summary, CountsRestartsOfServicesAlone) {
  service_.spec.unit = "x.service";
  property("NRestarts", 3);
  EXPECT_EQ(of("x.service").restarts, 3U);
  service_.spec.unit = "x.socket";
  property("NRestarts", 3);
  EXPECT_EQ(of("x.socket").restarts, std::nullopt);
}

TEST_F(Summary, OfATimerTellsTheNearerOfBothClocks) {
  service_.spec.unit = "x.timer";
  property("NextElapseUSecRealtime", std::chrono::microseconds(1002h).count());
  property("NextElapseUSecMonotonic", std::chrono::microseconds(2h).count());
  EXPECT_EQ(of("x.timer").next_elapse, WallTime{1001h});
  property("NextElapseUSecMonotonic", std::chrono::microseconds(5h).count());
  EXPECT_EQ(of("x.timer").next_elapse, WallTime{1002h});
  property("NextElapseUSecRealtime", UINT64_MAX);
  property("NextElapseUSecMonotonic", UINT64_MAX);
  EXPECT_EQ(of("x.timer").next_elapse, std::nullopt);
}

TEST_F(Summary, TellsWhichStepsOfTheLastExerciseWereDone) {
  EXPECT_EQ(of("x.service").exercise, std::nullopt);
  facts_.put(ExerciseKey{"x.service"},
             std::optional(
                 Exercise{.at = WallTime{5h},
                          .steps = {{.name = "stop", .outcome = Outcome::passed, .text = {}},
                                    {.name = "mask", .outcome = Outcome::skipped, .text = {}},
                                    {.name = "start", .outcome = Outcome::failed, .text = {}}}}));
  EXPECT_EQ(of("x.service").exercise,
            (ExerciseSummary{.at = WallTime{5h}, .success = {{"start", false}, {"stop", true}}}));
}

TEST_F(Summary, AsksForTheExposureOfWhatIsJudgedForItAlone) {
  facts_.put(ExposureKey{"x.service"}, 4.2);
  EXPECT_EQ(of("x.service").exposure, std::nullopt);
  service_.checks.push_back(
      {"hardening", [](View&) { return Findings{}; }, {.reads_exposure = true}});
  EXPECT_EQ(of("x.service").exposure, 4.2);
}
}  // namespace
}  // namespace checklist::engine
