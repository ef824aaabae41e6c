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

TEST(ChangeLog, CallsTheHostByItsName) {
  Change change = a_change(Status::unknown);
  change.unit.clear();
  EXPECT_EQ(change_line(change, {}).text, "host files: pass → unknown: is missing");
}
}  // namespace
}  // namespace checklist::daemon
