// SPDX-License-Identifier: MIT
#include "daemon/change_log.hpp"

#include <gtest/gtest.h>

namespace checklist::daemon {
namespace {
Change a_change(Status to) {
  return {.at = {},
          .manager = "system",
          .unit = "x.service",
          .check = "files",
          .from = Status::pass,
          .to = to,
          .observed = "is missing"};
}

Report a_report(std::optional<Acknowledgement> known) {
  auto service = std::make_shared<ServiceReport>();
  service->unit = "x.service";
  service->checks.push_back(
      {.check = "files", .findings = {}, .track = {}, .acknowledged = std::move(known)});
  Report out;
  out.services = {service};
  return out;
}

TEST(ChangeLog, WarnsOfAFailure) {
  const ChangeLine line = change_line(a_change(Status::fail), a_report(std::nullopt));
  EXPECT_EQ(line.level, Level::warning);
  EXPECT_EQ(line.text, "x.service files: pass → fail: is missing");
}

TEST(ChangeLog, NamesTheAcknowledgementInsteadOfAWarning) {
  const Acknowledgement known{.until = {}, .reason = "exercise of x.service", .by = "dev"};
  const ChangeLine line = change_line(a_change(Status::fail), a_report(known));
  EXPECT_EQ(line.level, Level::info);
  EXPECT_NE(line.text.find("by dev: exercise of x.service)"), std::string::npos) << line.text;
  EXPECT_EQ(change_line(a_change(Status::pass), a_report(known)).text.find("exercise"),
            std::string::npos);
}

TEST(ChangeLog, IsOneLineThatSteersNoTerminal) {
  Change change = a_change(Status::fail);
  change.observed = "run by a\n<3>forged\033[2J";
  EXPECT_EQ(change_line(change, {}).text,
            "x.service files: pass → fail: run by a <3>forged\xef\xbf\xbd[2J");
}

TEST(ChangeLog, CallsTheHostByItsName) {
  Change change = a_change(Status::unknown);
  change.unit.clear();
  EXPECT_EQ(change_line(change, {}).text, "host files: pass → unknown: is missing");
}

std::vector<Status> statuses(std::span<const Change> changes) {
  std::vector<Status> out;
  for (const Change& change : changes) {
    out.push_back(change.to);
  }
  return out;
}

TEST(ChangeLog, TakesWhatIsBeforeTheLastThatWasLoggedEvenIfItIsOlder) {
  Change before = a_change(Status::fail);
  before.at = WallTime(std::chrono::hours(24));
  Change set_back = a_change(Status::pass);
  set_back.at = WallTime(std::chrono::hours(1));
  EXPECT_EQ(statuses(unlogged({set_back, before}, before)), std::vector{Status::pass});
  EXPECT_TRUE(unlogged({set_back, before}, set_back).empty());
}

TEST(ChangeLog, TakesEverythingIfNothingWasLoggedOrTheLastIsNoLongerKept) {
  const std::vector changes{a_change(Status::unknown), a_change(Status::fail)};
  const std::vector all{Status::unknown, Status::fail};
  EXPECT_EQ(statuses(unlogged(changes, std::nullopt)), all);
  EXPECT_EQ(statuses(unlogged(changes, a_change(Status::skip))), all);
}
}  // namespace
}  // namespace checklist::daemon
