// SPDX-License-Identifier: MIT
#include "render/formats/tap.hpp"

#include <gmock/gmock.h>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::HasSubstr;

TEST(Tap, IsTheGoldenText) {
  expect_golden("report.tap", tap(sample()));
}

TEST(Tap, KeepsEachTextOnItsLineAndInItsScalar) {
  const std::string text = tap(report(
      {service("a\\x2db.service", {result("a", {failing("q\"", "one\nnot ok 2\n# TODO")})})}));
  EXPECT_THAT(text, HasSubstr("not ok 1 - a\\\\x2db.service a\n"));
  EXPECT_THAT(text, HasSubstr("      observed: \"one not ok 2 # TODO\"\n"));
  EXPECT_THAT(text, HasSubstr("subject: \"q\\\"\"\n"));
}

TEST(Tap, EscapesTheReasonOfAnAcknowledgement) {
  auto unit = service("x.service", {result("a", {failing("x", "y")})});
  unit->checks[0].acknowledged = {
      .until = at_second(1700600000), .reason = "see #12\nok 2", .by = "dev"};
  EXPECT_THAT(tap(report({unit})),
              HasSubstr("not ok 1 - x.service a # TODO acknowledged until 2023-11-21 20:53:20 UTC "
                        "by dev: see \\#12 ok 2\n"));
}

TEST(Tap, SkipsTheWholePlanWithoutChecks) {
  EXPECT_EQ(tap(report({})), "TAP version 13\n1..0 # SKIP no checks\n");
}

TEST(Tap, BailsOutOnOneLine) {
  EXPECT_EQ(tap_bail_out("no\nanswer"), "TAP version 13\nBail out! no answer\n");
}
}  // namespace
}  // namespace checklist::render
