// SPDX-License-Identifier: MIT
#include "engine/user_reports.hpp"

#include <gmock/gmock.h>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;

constexpr TimePoint start{1h};
constexpr WallTime wall{Duration{1h}};

UserReports::Services jupyter(Status status) {
  auto service = std::make_shared<ServiceReport>();
  service->unit = "jupyter.service";
  service->manager = "user:dev";
  CheckResult result;
  result.check = "service_state";
  result.track.status = status;
  service->checks.push_back(std::move(result));
  return {service};
}

Spec spec_of_jupyter() {
  Spec spec;
  spec.unit = "jupyter.service";
  spec.user = "dev";
  return spec;
}

Status status_of(const UserReports::Services& services) {
  return services.at(0)->checks.at(0).status();
}

TEST(UserReports, ShowsWhatAManagerPublished) {
  UserReports published;
  EXPECT_TRUE(published.take("user:dev", jupyter(Status::pass), start));
  EXPECT_EQ(status_of(published.services({}, wall)), Status::pass);
}

TEST(UserReports, TheSameAgainIsNoChange) {
  UserReports published;
  (void)published.take("user:dev", jupyter(Status::pass), start);
  EXPECT_FALSE(published.take("user:dev", jupyter(Status::pass), start + 10s));
  EXPECT_TRUE(published.take("user:dev", jupyter(Status::fail), start + 20s));
}

TEST(UserReports, AReportIsBelievedForThirtySeconds) {
  UserReports published;
  (void)published.take("user:dev", jupyter(Status::pass), start);
  EXPECT_FALSE(published.expire_stale({}, start + 29s));
  EXPECT_EQ(published.next_expiry(), start + 30s);
  EXPECT_TRUE(published.expire_stale({}, start + 30s));
  const auto services = published.services({}, wall);
  EXPECT_EQ(status_of(services), Status::unknown);
  EXPECT_EQ(services.at(0)->checks.at(0).findings.at(0).reason, "stale");
  EXPECT_EQ(published.next_expiry(), std::nullopt);
}

TEST(UserReports, ANewReportIsBelievedAgainEvenIfItIsTheSame) {
  UserReports published;
  (void)published.take("user:dev", jupyter(Status::pass), start);
  (void)published.expire_stale({}, start + 30s);
  EXPECT_TRUE(published.take("user:dev", jupyter(Status::pass), start + 40s));
  EXPECT_EQ(status_of(published.services({}, wall)), Status::pass);
}

TEST(UserReports, ASpecThatNobodyReportedHasItsRow) {
  const UserReports published;
  const auto services = published.services({spec_of_jupyter()}, wall);
  ASSERT_EQ(services.size(), 1U);
  EXPECT_EQ(services.at(0)->manager, "user:dev");
  EXPECT_FALSE(services.at(0)->checks.empty());
  for (const CheckResult& result : services.at(0)->checks) {
    EXPECT_EQ(result.status(), Status::unknown) << result.check;
  }
}

TEST(UserReports, AManagerIsWaitedForBeforeItCountsAsSilent) {
  UserReports published;
  const auto reason = [&published] {
    return published.services({spec_of_jupyter()}, wall).at(0)->checks.at(0).findings.at(0).reason;
  };
  EXPECT_FALSE(published.expire_stale({spec_of_jupyter()}, start));
  EXPECT_EQ(published.next_expiry(), start + 30s);
  EXPECT_EQ(reason(), "not_yet_reported");
  EXPECT_TRUE(published.expire_stale({spec_of_jupyter()}, start + 30s));
  EXPECT_EQ(reason(), "stale");
  EXPECT_FALSE(published.expire_stale({spec_of_jupyter()}, start + 60s));
  EXPECT_EQ(published.next_expiry(), std::nullopt);
}

TEST(UserReports, AReportedSpecHasOneRow) {
  UserReports published;
  (void)published.take("user:dev", jupyter(Status::pass), start);
  EXPECT_EQ(published.services({spec_of_jupyter()}, wall).size(), 1U);
}
}  // namespace
}  // namespace checklist::engine
