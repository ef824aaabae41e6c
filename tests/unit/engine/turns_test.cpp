// SPDX-License-Identifier: MIT
#include "engine/turns.hpp"

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

TEST(Turns, TheFirstAnswerIsNoChange) {
  Turns turns("system");
  const auto result = turns.answered("x.service", "c", that(Status::fail), nullptr, noon);
  EXPECT_EQ(result.status(), Status::fail);
  EXPECT_EQ(result.track.since, noon);
  EXPECT_TRUE(turns.changes().empty());
}

TEST(Turns, TheFirstAnswerAfterNobodyHasLookedIsNoChange) {
  Turns turns("system");
  const auto waiting = turns.pending("x.service", "c", nullptr, noon);
  EXPECT_EQ(waiting.status(), Status::unknown);
  const auto result = turns.answered("x.service", "c", that(Status::pass), &waiting, noon + 1s);
  EXPECT_EQ(result.status(), Status::pass);
  EXPECT_EQ(result.track.changes, (std::array<std::uint64_t, 4>{}));
  EXPECT_TRUE(turns.changes().empty());
}

TEST(Turns, AnotherStatusIsCountedAndTold) {
  Turns turns("user:dev");
  const auto good = turns.answered("x.service", "c", that(Status::pass), nullptr, noon);
  const auto bad = turns.answered("x.service", "c", that(Status::fail, "dead"), &good, noon + 1min);
  EXPECT_EQ(bad.track.since, noon + 1min);
  EXPECT_EQ(bad.track.changes.at(static_cast<std::size_t>(Status::fail)), 1U);
  ASSERT_EQ(turns.changes().size(), 1U);
  EXPECT_EQ(turns.changes().front(), (Change{.at = noon + 1min,
                                             .manager = "user:dev",
                                             .unit = "x.service",
                                             .check = "c",
                                             .from = Status::pass,
                                             .to = Status::fail,
                                             .observed = "dead"}));
}

TEST(Turns, TheSameStatusKeepsItsTimeAndTakesTheNewFindings) {
  Turns turns("system");
  const auto before = turns.answered("x.service", "c", that(Status::fail, "one"), nullptr, noon);
  const auto after =
      turns.answered("x.service", "c", that(Status::fail, "two"), &before, noon + 1s);
  EXPECT_EQ(after.track, before.track);
  EXPECT_EQ(after.findings, that(Status::fail, "two"));
}

TEST(Turns, WhatWaitsForFactsStaysAsItWas) {
  Turns turns("system");
  const auto before = turns.answered("x.service", "c", that(Status::fail), nullptr, noon);
  EXPECT_EQ(turns.pending("x.service", "c", &before, noon + 1s), before);
}

TEST(Turns, GoesOnFromWhatAFormerProcessKept) {
  Turns turns("system");
  const Track kept{.status = Status::pass, .since = noon, .changes = {0, 4, 0, 3}};
  turns.resume({{"x.service", {{"c", kept}}}}, {old_change()});
  EXPECT_EQ(turns.pending("x.service", "c", nullptr, noon + 1h).track, kept);
  const auto now = turns.answered("x.service", "c", that(Status::fail), nullptr, noon + 1h);
  EXPECT_EQ(now.track.changes, (std::array<std::uint64_t, 4>{0, 4, 0, 4}));
  ASSERT_EQ(turns.changes().size(), 2U);
  EXPECT_EQ(turns.changes().back().unit, "old.service");
}

TEST(Turns, AResumedCheckThatWaitedTurnsWhenItsAnswerDiffers) {
  Turns turns("system");
  turns.resume({{"x.service", {{"c", {.status = Status::pass, .since = noon, .changes = {}}}}}},
               {});
  const auto waiting = turns.pending("x.service", "c", nullptr, noon + 1h);
  (void)turns.answered("x.service", "c", that(Status::fail), &waiting, noon + 1h);
  EXPECT_EQ(turns.changes().size(), 1U);
}

TEST(Turns, CountsOnlyWhatIsWorthSaving) {
  Turns turns("system");
  const auto first = turns.answered("x.service", "c", that(Status::pass), nullptr, noon);
  EXPECT_EQ(turns.count(), 1U);
  const auto same = turns.answered("x.service", "c", that(Status::pass), &first, noon + 1h);
  EXPECT_EQ(turns.count(), 1U);
  EXPECT_EQ(same.track, first.track);
  (void)turns.answered("x.service", "c", that(Status::fail), &same, noon + 1h);
  EXPECT_EQ(turns.count(), 2U);
}

TEST(Turns, KeepsTheLastHundredChanges) {
  Turns turns("system");
  auto result = turns.answered("x.service", "c", that(Status::pass), nullptr, noon);
  for (int i = 0; i < 60; ++i) {
    result = turns.answered("x.service", "c", that(Status::fail), &result, noon);
    result = turns.answered("x.service", "c", that(Status::pass), &result, noon);
  }
  EXPECT_EQ(turns.changes().size(), 100U);
  EXPECT_EQ(turns.changes().front().to, Status::pass);
}
}  // namespace
}  // namespace checklist::engine
