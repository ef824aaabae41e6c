// SPDX-License-Identifier: MIT
#include "engine/evaluation.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <gmock/gmock.h>

#include "engine/usual_properties.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

const UnitKey x{"x.service"};
const EnablementKey y{"y.service"};

Finding a_finding(Status status, std::string reason = {}) {
  return {.status = status,
          .subject = "it",
          .reason = std::move(reason),
          .expected = {},
          .observed = {},
          .hint = {},
          .details = {}};
}

// Passes when the unit is active.
Findings is_active(View& see) {
  const auto& unit = see[x];
  if (!unit) {
    return {unknown("it", "", unit.unseen())};
  }
  return {a_finding(unit->active == ActiveState::active ? Status::pass : Status::fail)};
}

Findings is_enabled(View& see) {
  const auto& state = see[y];
  return {state ? a_finding(Status::pass) : unknown("it", "", state.unseen())};
}

config::Service a_service(std::string unit, std::vector<config::NamedCheck> checks) {
  config::Service service;
  service.spec.unit = std::move(unit);
  service.checks = std::move(checks);
  return service;
}

// An evaluation and the clock that it runs by.
class Trial {
 public:
  explicit Trial(std::vector<config::Service> services,
                 std::vector<config::NamedHostCheck> host = {},
                 const std::string& manager = "system") {
    config::Configuration configuration;
    configuration.services = std::move(services);
    configuration.host = std::move(host);
    evaluation.emplace(facts, std::move(configuration), manager);
  }

  bool at(Duration moment) {
    return evaluation->run({.moment = TimePoint{1h + moment}, .wall = WallTime{1h + moment}});
  }

  [[nodiscard]] const CheckResult& result(std::size_t service, std::size_t check) const {
    return evaluation->report()->services.at(service)->checks.at(check);
  }

  // What the unit's own properties tell the summary; without it nothing is settled.
  void answer_summary(const std::string& unit) {
    for (const char* name : {"FragmentPath", "NRestarts", "ActiveEnterTimestamp"}) {
      facts.put(PropertyKey{unit, name}, Value{std::uint64_t{0}});
    }
    facts.put(EnablementKey{unit}, std::string("enabled"));
    facts.put(ExerciseKey{unit}, std::optional<Exercise>());
    Unit known;
    known.id = unit;
    facts.put(UnitKey{unit}, std::move(known));
  }

  Facts facts;
  std::optional<Evaluation> evaluation;
};

Unit active(bool is_active = true) {
  Unit unit;
  unit.id = "x.service";
  unit.load = LoadState::loaded;
  unit.active = is_active ? ActiveState::active : ActiveState::failed;
  return unit;
}

TEST(Evaluation, ACheckThatThrowsIsUnknownAndTheOthersAreJudged) {
  const auto defective = [](View&) -> Findings { throw std::out_of_range("map::at"); };
  Trial trial({a_service("x.service", {{"defective", defective}, {"state", is_active}})});
  trial.answer_summary("x.service");
  Unit unit;
  unit.active = ActiveState::active;
  trial.facts.put(x, unit);
  trial.at(0s);
  EXPECT_EQ(trial.result(0, 0).status(), Status::unknown);
  ASSERT_THAT(trial.result(0, 0).findings, SizeIs(1));
  EXPECT_EQ(trial.result(0, 0).findings[0].reason, "internal_error");
  EXPECT_EQ(trial.result(0, 0).findings[0].observed, "an error in checklistd: map::at");
  EXPECT_EQ(trial.result(0, 1).status(), Status::pass);
}

TEST(Evaluation, APendingFactIsUnknownAtFirstAndKeepsAStatusLater) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.at(0s);
  EXPECT_EQ(run.result(0, 0).status(), Status::unknown);
  run.facts.put(x, active());
  EXPECT_TRUE(run.at(1s));
  EXPECT_EQ(run.result(0, 0).status(), Status::pass);
  run.facts.put(x, Observed<Unit>());
  run.at(2s);
  EXPECT_EQ(run.result(0, 0).status(), Status::pass);
}

TEST(Evaluation, AFactThatStaysPendingIsUnknownAfterFiveSeconds) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.facts.put(x, active());
  run.at(0s);
  run.facts.put(x, Observed<Unit>());
  run.at(1s);
  EXPECT_EQ(run.evaluation->due(), TimePoint{1h + 5s});  // the summary's, since the start
  run.at(5900ms);
  EXPECT_EQ(run.result(0, 0).status(), Status::pass);
  run.at(6s);
  EXPECT_EQ(run.result(0, 0).status(), Status::unknown);
  EXPECT_EQ(run.result(0, 0).findings.at(0).reason, "unanswered");
  run.facts.put(x, active());
  run.at(7s);
  EXPECT_EQ(run.result(0, 0).status(), Status::pass);
}

TEST(Evaluation, WaitsLongerWhileOtherFactsArrive) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.at(0s);
  for (int second = 4; second < 60; second += 4) {
    run.facts.put(UnitKey{"other-" + std::to_string(second)}, active());
    run.at(std::chrono::seconds(second));
    EXPECT_TRUE(run.result(0, 0).findings.empty() ||
                run.result(0, 0).findings.at(0).reason == "pending");
  }
  run.facts.put(UnitKey{"other"}, active());
  run.at(60s);
  EXPECT_EQ(run.result(0, 0).findings.at(0).reason, "unanswered") << "but not for ever";
}

TEST(Evaluation, OneChecksPatienceIsNotAnothers) {
  Trial run({a_service("x.service", {{"a", is_active}, {"b", is_enabled}})});
  run.facts.put(y, std::string("enabled"));
  run.at(0s);
  run.at(5s);  // `a` is given up
  run.facts.put(y, Observed<std::string>());
  run.at(6s);
  EXPECT_EQ(run.result(0, 0).findings.at(0).reason, "unanswered");
  EXPECT_EQ(run.result(0, 1).status(), Status::pass);
}

TEST(Evaluation, HostChecksLosePatienceToo) {
  Trial run({}, {{"h", [](HostView& see) { return is_active(see); }}});
  run.at(0s);
  run.at(5s);
  EXPECT_EQ(run.evaluation->report()->host->checks.at(0).findings.at(0).reason, "unanswered");
}

TEST(Evaluation, IsSettledWhenNothingAskedForIsPending) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.at(0s);
  EXPECT_FALSE(run.evaluation->settled());
  run.answer_summary("x.service");
  run.at(1s);
  EXPECT_TRUE(run.evaluation->settled());
}

TEST(Evaluation, MakesNoReportWhenNothingDiffers) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.answer_summary("x.service");
  EXPECT_TRUE(run.at(0s));
  EXPECT_FALSE(run.at(1s));
  run.facts.put(x, run.facts.read(x, 0));
  EXPECT_FALSE(run.at(2s));
}

TEST(Evaluation, AServiceThatDidNotChangeIsTheSamePointer) {
  Trial run(
      {a_service("a.service", {{"c", is_enabled}}), a_service("x.service", {{"c", is_active}})});
  run.answer_summary("a.service");
  run.answer_summary("x.service");
  run.at(0s);
  const auto before = run.evaluation->report();
  run.facts.put(x, active());
  run.at(1s);
  const auto after = run.evaluation->report();
  EXPECT_EQ(before->services.at(0), after->services.at(0));
  EXPECT_NE(before->services.at(1), after->services.at(1));
  EXPECT_GT(after->generation, before->generation);
}

TEST(Evaluation, WakesAServiceAtTheMomentItAskedFor) {
  const auto after_a_minute = [](View& see) -> Findings {
    return {a_finding(see.passed(TimePoint{1h + 1min}) ? Status::fail : Status::pass)};
  };
  Trial run({a_service("x.service", {{"c", after_a_minute}})});
  run.answer_summary("x.service");
  run.at(0s);
  EXPECT_EQ(run.evaluation->due(), TimePoint{1h + 1min});
  EXPECT_FALSE(run.at(30s));
  EXPECT_TRUE(run.at(1min));
  EXPECT_EQ(run.result(0, 0).status(), Status::fail);
  EXPECT_EQ(run.evaluation->due(), std::nullopt);
}

TEST(Evaluation, EvaluatesOnlyTheCheckWhoseFactChanged) {
  Trial run({a_service("x.service", {{"a", is_active}, {"b", is_enabled}})});
  run.answer_summary("x.service");
  run.facts.put(y, std::string("enabled"));
  run.at(0s);
  EXPECT_EQ(run.evaluation->evaluations(), 2);
  run.facts.put(y, std::string("disabled"));
  run.at(1s);
  EXPECT_EQ(run.evaluation->evaluations(), 3);
  EXPECT_EQ(run.result(0, 0).status(), Status::fail);
  EXPECT_EQ(run.result(0, 1).status(), Status::pass);
}

TEST(Evaluation, ACheckIsEvaluatedWhenTheLastFactThatItAwaitsArrives) {
  const auto both = [](View& see) {
    Findings out = is_active(see);
    std::ranges::move(is_enabled(see), std::back_inserter(out));
    return out;
  };
  Trial run({a_service("x.service", {{"c", both}})});
  run.at(0s);
  run.facts.put(x, active());
  run.at(1s);
  EXPECT_EQ(run.evaluation->evaluations(), 1);
  run.facts.put(y, std::string("enabled"));
  run.at(2s);
  EXPECT_EQ(run.evaluation->evaluations(), 2);
  EXPECT_EQ(run.result(0, 0).status(), Status::pass);
}

TEST(Evaluation, AsksForTheUsualPropertiesOfAServiceAtOnce) {
  Trial run({a_service("x.service", {})});
  run.at(0s);
  const auto wanted = run.facts.wanted<PropertyKey>();
  for (const std::string_view name : usual_service_properties) {
    EXPECT_TRUE(wanted->contains({"x.service", std::string(name)})) << name;
  }
}

TEST(Evaluation, AnAcknowledgementHoldsUntilItsTime) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.facts.put(x, active(false));
  run.answer_summary("x.service");
  run.facts.put(x, active(false));
  run.at(0s);
  EXPECT_EQ(run.result(0, 0).acknowledged, std::nullopt);
  const Acknowledgement known{.until = WallTime{1h + 60s}, .reason = "known", .by = "dev"};
  run.evaluation->acknowledge({{{"x.service", "c"}, known}, {{"x.service", "other"}, known}});
  EXPECT_TRUE(run.at(1s));
  EXPECT_EQ(run.result(0, 0).acknowledged, known);
  EXPECT_EQ(run.result(0, 0).status(), Status::fail);
  EXPECT_EQ(run.evaluation->due(), TimePoint{1h + 60s});
  EXPECT_FALSE(run.at(59s));
  EXPECT_TRUE(run.at(60s));
  EXPECT_EQ(run.result(0, 0).acknowledged, std::nullopt);
}

TEST(Evaluation, AnAcknowledgementEndsWhenTheClockIsSet) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.facts.put(x, active(false));
  const Acknowledgement known{.until = WallTime{1000h}, .reason = "known", .by = "dev"};
  run.evaluation->acknowledge({{{"x.service", "c"}, known}});
  run.facts.put(WallClockKey{}, WallTime{});
  run.at(0s);
  EXPECT_EQ(run.result(0, 0).acknowledged, known);
  run.facts.put(WallClockKey{}, WallTime{1000h});
  EXPECT_TRUE(run.facts.any_marked());
  run.evaluation->run({.moment = TimePoint{1h + 1s}, .wall = WallTime{1001h}});
  EXPECT_EQ(run.result(0, 0).acknowledged, std::nullopt);
}

TEST(Evaluation, GoesOnAfterAReloadWithStatusesAndGenerations) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.facts.put(x, active());
  run.at(0s);
  config::Configuration next;
  next.services.push_back(a_service("a.service", {{"c", is_enabled}}));
  next.services.push_back(a_service("x.service", {{"c", is_active}}));
  Evaluation evaluation(run.facts, std::move(next), "system");
  evaluation.continue_after(*run.evaluation);
  run.facts.put(x, active(false));
  evaluation.run({.moment = TimePoint{2h}, .wall = WallTime{2h}});
  EXPECT_EQ(evaluation.report()->generation, run.evaluation->report()->generation + 1);
  ASSERT_THAT(*evaluation.report()->changes, SizeIs(1));
  EXPECT_EQ(evaluation.report()->changes->at(0).unit, "x.service");
}

TEST(Evaluation, ASpecThatIsGoneTakesItsRowAlong) {
  Trial run({a_service("x.service", {{"c", is_active}})});
  run.at(0s);
  Evaluation evaluation(run.facts, {}, "system");
  evaluation.continue_after(*run.evaluation);
  evaluation.run({.moment = TimePoint{2h}, .wall = WallTime{2h}});
  EXPECT_THAT(evaluation.report()->services, IsEmpty());
  EXPECT_THAT(evaluation.tracks(), IsEmpty());
}
}  // namespace
}  // namespace checklist::engine
