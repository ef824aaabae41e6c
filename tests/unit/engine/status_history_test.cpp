// SPDX-License-Identifier: MIT
#include "engine/status_history.hpp"

#include <gmock/gmock.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

constexpr WallTime noon{Duration{12h}};

Findings that(Status status, std::string observed = "so") {
  return {{.status = status,
           .subject = "it",
           .reason = {},
           .expected = {},
           .observed = std::move(observed),
           .hint = {},
           .details = {}}};
}

Change old_change() {
  Change change;
  change.unit = "old.service";
  return change;
}

TEST(StatusHistory, TheFirstAnswerIsNoChange) {
  StatusHistory history("system");
  const auto result = history.record("x.service", "c", that(Status::fail), nullptr, noon);
  EXPECT_EQ(result.status(), Status::fail);
  EXPECT_EQ(result.track.since, noon);
  EXPECT_TRUE(history.changes().empty());
}

TEST(StatusHistory, TheFirstAnswerAfterNobodyHasLookedIsNoChange) {
  StatusHistory history("system");
  const auto waiting = history.pending("x.service", "c", nullptr, noon);
  EXPECT_EQ(waiting.status(), Status::unknown);
  const auto result = history.record("x.service", "c", that(Status::pass), &waiting, noon + 1s);
  EXPECT_EQ(result.status(), Status::pass);
  EXPECT_EQ(result.track.changes, (std::array<std::uint64_t, 4>{}));
  EXPECT_TRUE(history.changes().empty());
}

TEST(StatusHistory, AnotherStatusIsCountedAndTold) {
  StatusHistory history("user:dev");
  const auto good = history.record("x.service", "c", that(Status::pass), nullptr, noon);
  const auto bad = history.record("x.service", "c", that(Status::fail, "dead"), &good, noon + 1min);
  EXPECT_EQ(bad.track.since, noon + 1min);
  EXPECT_EQ(bad.track.changes.at(static_cast<std::size_t>(Status::fail)), 1U);
  ASSERT_EQ(history.changes().size(), 1U);
  EXPECT_EQ(history.changes().front(), (Change{.at = noon + 1min,
                                               .manager = "user:dev",
                                               .unit = "x.service",
                                               .check = "c",
                                               .from = Status::pass,
                                               .to = Status::fail,
                                               .observed = "dead"}));
}

TEST(StatusHistory, TheSameStatusKeepsItsTimeAndTakesTheNewFindings) {
  StatusHistory history("system");
  const auto before = history.record("x.service", "c", that(Status::fail, "one"), nullptr, noon);
  const auto after =
      history.record("x.service", "c", that(Status::fail, "two"), &before, noon + 1s);
  EXPECT_EQ(after.track, before.track);
  EXPECT_EQ(after.findings, that(Status::fail, "two"));
}

TEST(StatusHistory, WhatWaitsForFactsStaysAsItWas) {
  StatusHistory history("system");
  const auto before = history.record("x.service", "c", that(Status::fail), nullptr, noon);
  EXPECT_EQ(history.pending("x.service", "c", &before, noon + 1s), before);
}

TEST(StatusHistory, GoesOnFromWhatAFormerProcessKept) {
  StatusHistory history("system");
  const Track kept{.status = Status::pass, .since = noon, .changes = {0, 4, 0, 3}};
  history.restore({{"x.service", {{"c", kept}}}}, {old_change()});
  EXPECT_EQ(history.pending("x.service", "c", nullptr, noon + 1h).track, kept);
  const auto now = history.record("x.service", "c", that(Status::fail), nullptr, noon + 1h);
  EXPECT_EQ(now.track.changes, (std::array<std::uint64_t, 4>{0, 4, 0, 4}));
  ASSERT_EQ(history.changes().size(), 2U);
  EXPECT_EQ(history.changes().back().unit, "old.service");
}

TEST(StatusHistory, AResumedCheckThatWaitedTurnsWhenItsAnswerDiffers) {
  StatusHistory history("system");
  history.restore({{"x.service", {{"c", {.status = Status::pass, .since = noon, .changes = {}}}}}},
                  {});
  const auto waiting = history.pending("x.service", "c", nullptr, noon + 1h);
  (void)history.record("x.service", "c", that(Status::fail), &waiting, noon + 1h);
  EXPECT_EQ(history.changes().size(), 1U);
}

TEST(StatusHistory, CountsOnlyWhatIsWorthSaving) {
  StatusHistory history("system");
  const auto first = history.record("x.service", "c", that(Status::pass), nullptr, noon);
  EXPECT_EQ(history.count(), 1U);
  const auto same = history.record("x.service", "c", that(Status::pass), &first, noon + 1h);
  EXPECT_EQ(history.count(), 1U);
  EXPECT_EQ(same.track, first.track);
  (void)history.record("x.service", "c", that(Status::fail), &same, noon + 1h);
  EXPECT_EQ(history.count(), 2U);
}

TEST(StatusHistory, KeepsTheLastHundredChanges) {
  StatusHistory history("system");
  auto result = history.record("x.service", "c", that(Status::pass), nullptr, noon);
  for (int i = 0; i < 60; ++i) {
    result = history.record("x.service", "c", that(Status::fail), &result, noon);
    result = history.record("x.service", "c", that(Status::pass), &result, noon);
  }
  EXPECT_EQ(history.changes().size(), 100U);
  EXPECT_EQ(history.changes().front().to, Status::pass);
}
}  // namespace
}  // namespace checklist::engine
