// SPDX-License-Identifier: MIT
#include "render/finding_lines.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Findings, AreNothingWhenEverythingPasses) {
  EXPECT_THAT(findings(report({service("x.service", {result("a", {passing("x")})})}), {}),
              IsEmpty());
}

TEST(Findings, TellFailuresFirst) {
  auto first = service("a.service", {result("a", {unseen("x")})});
  auto second = service("b.service", {result("a", {failing("y", "z")})});
  const std::string text = findings(report({first, second}), {});
  EXPECT_LT(text.find("b.service"), text.find("a.service"));
}

TEST(Findings, FitTheTerminal) {
  auto finding = failing("tcp:127.0.0.1:8080", "nginx.service is listening on tcp:0.0.0.0:8080");
  finding.details.clear();
  const auto lines = finding_lines(
      report({service("llamacpp.service", {result("port_bindings", {finding})})}), {.columns = 50});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(
      lines.front(),
      ElementsAre("✗ FAIL  llamacpp.service  port_bindings", "    tcp:127.0.0.1:8080 (wider)",
                  "    expected  tcp:127.0.0.1:8080", "    observed  nginx.service is listening on",
                  "              tcp:0.0.0.0:8080", "    since     2023-11-14 22:13:20 UTC",
                  "    hint      Bind it to loopback."));
}

TEST(Findings, NameNoTimeBeforeTheFirstChange) {
  auto unit = service("x.service", {result("a", {failing("y", "z")})});
  unit->checks.front().track.since = {};
  EXPECT_THAT(findings(report({unit}), {}), Not(HasSubstr("since")));
}
}  // namespace
}  // namespace checklist::render
