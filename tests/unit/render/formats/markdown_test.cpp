// SPDX-License-Identifier: MIT
#include "render/formats/markdown.hpp"

#include <gmock/gmock.h>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Markdown, IsTheGoldenText) {
  expect_golden("report.md", markdown(sample()));
}

TEST(Markdown, LetsNoTextBecomeMarkup) {
  const std::string text = markdown(report({service(
      "x.service", {result("a", {failing("a|b\nc", "<img> *x* [y](https://z) `c` &amp; \\|")})})}));
  EXPECT_THAT(text, HasSubstr("| a\\|b c |"));
  EXPECT_THAT(text, HasSubstr("| &lt;img&gt; \\*x\\* \\[y\\](https&#58;//z) \\`c\\` &amp;amp; "
                              "\\\\\\| |"));
}

TEST(Markdown, KeepsTheCommandsOfHints) {
  auto finding = failing("x", "y");
  finding.hint = "run `a | b *` or `c";
  EXPECT_THAT(markdown(report({service("x.service", {result("a", {finding})})})),
              HasSubstr("| run `a \\| b *` or \\`c |"));
}

TEST(Markdown, LeavesOutDetailsAndEmptyTables) {
  const std::string text = markdown(report({service("x.service", {result("a", {passing("x")})})}));
  EXPECT_THAT(text, Not(HasSubstr("expected")));
  EXPECT_THAT(text, Not(HasSubstr("host")));
  EXPECT_THAT(markdown(sample()), Not(HasSubstr("4711")));
}
}  // namespace
}  // namespace checklist::render
