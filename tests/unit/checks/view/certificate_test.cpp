// SPDX-License-Identifier: MIT
#include "checks/view/certificate.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

constexpr WallTime booted = WallTime(std::chrono::sys_days(2026y / 11 / 30));

std::string verdict(const Observed<WallTime>& expiry, std::uint64_t days,
                    const Observed<WallTime>& epoch = booted) {
  auto world = testing::a_world("x.service");
  world.with(WallClockKey{}, epoch).at(1h);
  View see = world.view();
  const Finding out = certificate_finding("certificate", expiry, {days}, see);
  return std::string(text(out.status)) + " " + (out.reason.empty() ? out.observed : out.reason);
}

TEST(CertificateFinding, FailsBeforeItExpires) {
  EXPECT_EQ(verdict(booted + 15 * 24h + 1h, 14), "pass certificate expires on 2026-12-15");
  EXPECT_EQ(verdict(booted + 14 * 24h + 1h, 14), "fail expires_soon");
  EXPECT_EQ(verdict(booted + 2h, 1), "fail expires_soon");
  EXPECT_EQ(verdict(booted + 1h, 1), "fail expired");
  EXPECT_EQ(verdict(booted - 300 * 24h, 1), "fail expired");
}

TEST(CertificateFinding, IsUnknownWithoutTheExpiryOrTheTime) {
  EXPECT_EQ(verdict(Unseen{"permission", "access denied", ""}, 14), "unknown permission");
  EXPECT_EQ(verdict(booted, 14, Unseen{"stale", "no clock", ""}), "unknown stale");
}

TEST(CertificateFinding, IsDueAgainOnTheDayOfTheLimit) {
  auto world = testing::a_world("x.service");
  world.with(WallClockKey{}, booted).at(1h);
  View see = world.view();
  (void)certificate_finding("certificate", Observed<WallTime>(booted + 20 * 24h), {14}, see);
  EXPECT_EQ(see.wake_at(), TimePoint(6 * 24h));
}
}  // namespace
}  // namespace checklist::checks
