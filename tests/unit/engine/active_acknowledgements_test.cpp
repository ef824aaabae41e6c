// SPDX-License-Identifier: MIT
#include "engine/active_acknowledgements.hpp"

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

Now at(Duration moment) {
  return {.moment = TimePoint{moment}, .wall = WallTime{1000h + moment}};
}

Acknowledgement until(Duration moment) {
  return {.until = WallTime{1000h + moment}, .reason = "known", .by = "dev"};
}

std::shared_ptr<ServiceReport> a_row(const std::string& manager) {
  auto row = std::make_shared<ServiceReport>();
  row->manager = manager;
  row->unit = "x.service";
  row->checks.resize(1);
  row->checks[0].check = "files";
  return row;
}

bool holds_for(const ActiveAcknowledgements& known, const std::string& manager,
               const std::string& own) {
  return known.applied_to(a_row(manager), own)->checks.at(0).acknowledged.has_value();
}

TEST(ActiveAcknowledgements, EndsOneByOne) {
  ActiveAcknowledgements known;
  known.replace_all({{{"a.service", "files"}, until(10s)}, {{"x.service", "files"}, until(20s)}});
  EXPECT_TRUE(known.expire(at(0s)));
  EXPECT_EQ(known.next_expiry(), TimePoint{10s});
  EXPECT_FALSE(known.expire(at(9s)));
  EXPECT_TRUE(known.expire(at(10s)));
  EXPECT_EQ(known.next_expiry(), TimePoint{20s});
  EXPECT_TRUE(holds_for(known, "system", "system"));
  EXPECT_TRUE(known.expire(at(20s)));
  EXPECT_EQ(known.next_expiry(), std::nullopt);
  EXPECT_FALSE(known.any_active());
}

TEST(ActiveAcknowledgements, HoldsForTheUnitOfThatManagerAlone) {
  ActiveAcknowledgements known;
  known.replace_all({{{"dev/x.service", "files"}, until(10s)}});
  known.expire(at(0s));
  EXPECT_TRUE(holds_for(known, "user:dev", "system"));
  EXPECT_FALSE(holds_for(known, "user:other", "system"));
  EXPECT_FALSE(holds_for(known, "system", "system"));
  known.replace_all({{{"x.service", "files"}, until(10s)}});
  known.expire(at(0s));
  EXPECT_TRUE(holds_for(known, "user:dev", "user:dev"));
  EXPECT_FALSE(holds_for(known, "user:dev", "system"));
}

TEST(ActiveAcknowledgements, WithoutACheckHoldsForAllThatHaveNoneOfTheirOwn) {
  ActiveAcknowledgements known;
  Acknowledgement own = until(10s);
  own.reason = "its own";
  known.replace_all({{{"x.service", ""}, until(20s)}, {{"x.service", "files"}, own}});
  known.expire(at(0s));
  auto row = a_row("system");
  row->checks.resize(2);
  row->checks[1].check = "toggles";
  const auto applied = known.applied_to(row, "system");
  EXPECT_EQ(applied->checks.at(0).acknowledged->reason, "its own");
  EXPECT_EQ(applied->checks.at(1).acknowledged->reason, "known");
}

TEST(ActiveAcknowledgements, HoldsForTheHostUnderItsOwnName) {
  auto host = std::make_shared<HostReport>();
  host->checks.resize(1);
  host->checks[0].check = "coverage";
  ActiveAcknowledgements known;
  known.replace_all({{{"host", "coverage"}, until(10s)}});
  known.expire(at(0s));
  EXPECT_TRUE(known.applied_to(host)->checks.at(0).acknowledged);
  EXPECT_FALSE(host->checks.at(0).acknowledged);
  known.replace_all({{{"x.service", "coverage"}, until(10s)}});
  known.expire(at(0s));
  EXPECT_EQ(known.applied_to(host), host);
  EXPECT_EQ(known.applied_to(std::shared_ptr<const HostReport>()), nullptr);
}

TEST(ActiveAcknowledgements, LeavesARowOfWhichNothingIsKnownAsItIs) {
  ActiveAcknowledgements known;
  known.replace_all({{{"x.service", "toggles"}, until(10s)}});
  known.expire(at(0s));
  const std::shared_ptr<const ServiceReport> row = a_row("system");
  EXPECT_EQ(known.applied_to(row, "system"), row);
}
}  // namespace
}  // namespace checklist::engine
