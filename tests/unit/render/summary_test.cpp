// SPDX-License-Identifier: MIT
#include "render/summary.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;

TEST(StatusLine, NamesWhatFails) {
  EXPECT_EQ(status_line(sample()),
            "1 of 5 checks pass; failing: llamacpp.service port_bindings, ghost.service "
            "service_state, host coverage");
}

TEST(StatusLine, NamesNothingWhenAllPass) {
  EXPECT_EQ(status_line(report({service("x.service", {result("a", {passing("x")})})})),
            "1 of 1 checks pass");
  EXPECT_EQ(status_line(report({})), "0 of 0 checks pass");
}

TEST(StatusLine, NamesThreeAtMost) {
  std::vector<CheckResult> checks;
  for (const char* check : {"a", "b", "c", "d"}) {
    checks.push_back(result(check, {failing("x", "y")}));
  }
  EXPECT_EQ(status_line(report({service("x.service", checks)})),
            "0 of 4 checks pass; failing: x.service a, x.service b, x.service c, …");
}

TEST(StatusLine, CountsNoSkippedCheck) {
  EXPECT_EQ(status_line(report({service("x.service", {result("a", {})})})), "0 of 0 checks pass");
}

TEST(Totals, CountEveryStatus) {
  EXPECT_EQ(totals(sample()), "1 pass, 3 fail, 1 unknown, 1 skipped");
}

TEST(Worst, IsTheWorstOfUnitsAndHost) {
  EXPECT_EQ(worst(report({})), Status::skip);
  Report unknown_one = report({service("x.service", {result("a", {passing("x"), unseen("y")})})});
  EXPECT_EQ(worst(unknown_one), Status::unknown);
  unknown_one.host = sample().host;
  EXPECT_EQ(worst(unknown_one), Status::fail);
}

TEST(ShownName, TellsAUsersUnitApart) {
  auto unit = service("jupyter.service", {});
  EXPECT_EQ(shown_name(*unit), "jupyter.service");
  unit->manager = "user:dev";
  EXPECT_EQ(shown_name(*unit), "jupyter.service (user:dev)");
}
}  // namespace
}  // namespace checklist::render
