// SPDX-License-Identifier: MIT
#include "render/page/problems.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Report of(const std::vector<CheckResult>& checks) {
  return testing::report({testing::service("x.service", checks)});
}

CheckResult passing() {
  return testing::result("service_state", {testing::passing("state")});
}

CheckResult failing() {
  return testing::result("port_bindings", {testing::failing("tcp:[::]:1", "none")});
}

CheckResult unknown_result() {
  return testing::result("files", {testing::unseen("files")});
}

TEST(PageProblems, SayWhatIsExpectedAndObservedAndWhatToDo) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<dt>expected</dt><dd>tcp:127.0.0.1:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>observed</dt><dd>tcp:0.0.0.0:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>hint</dt><dd>Bind it to loopback.</dd>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#check-port_bindings\">what to do</a>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#llamacpp.service/port_bindings\">llamacpp.service "
                              "<span>port_bindings</span></a>"));
  EXPECT_THAT(html, HasSubstr("since <time datetime=\"2023-11-14T22:13:20Z\">"));
  EXPECT_THAT(html, HasSubstr("acknowledged until <time"));
  EXPECT_THAT(html, HasSubstr("by dev: moves on &lt;Monday&gt;"));
}

TEST(PageProblems, ShowFailuresBeforeWhatIsUnknown) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_LT(html.rfind("is-fail"), html.find("is-unknown"));
  EXPECT_THAT(html, Not(HasSubstr("is-pass")));
}

TEST(PageProblems, KeepTheFindingsOfACheckTogether) {
  const auto mixed = testing::result(
      "port_bindings", {testing::unseen("sockets"), testing::failing("tcp:[::]:1", "none")});
  const std::string html = problems_html(of({mixed}), Audience::anyone);
  EXPECT_EQ(html.find("<article"), html.rfind("<article"));
  EXPECT_LT(html.find("tcp:[::]:1"), html.find("sockets cannot be read"));
  EXPECT_THAT(html, Not(HasSubstr(">Unknown</h2>")));
}

TEST(PageProblems, AreNoneWhenAllPasses) {
  EXPECT_THAT(problems_html(of({passing()}), Audience::anyone), IsEmpty());
  EXPECT_THAT(problems_html(of({}), Audience::anyone), IsEmpty());
}

TEST(PageProblems, EscapeWhatAUnitContains) {
  const auto hostile = testing::service(
      "x.service", {testing::result("service_state", {testing::failing("<b>'\"&", "<script>")})});
  hostile->group = "<i>";
  const std::string html = problems_html(testing::report({hostile}), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;&#39;&quot;&amp;"));
  EXPECT_THAT(html, HasSubstr("<dd>&lt;script&gt;</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
}

TEST(PageVerdict, CountsWhatFailsAndWhatIsUnknown) {
  EXPECT_EQ(verdict(of({})), "No check applies");
  EXPECT_EQ(verdict(of({passing()})), "The one check passes");
  EXPECT_EQ(verdict(of({passing(), failing()})), "1 of 2 checks fails");
  EXPECT_EQ(verdict(of({passing(), unknown_result()})), "1 of 2 checks is unknown, none fails");
  EXPECT_EQ(verdict(testing::sample()), "3 of 5 checks fail, 1 is unknown");
}

TEST(PageVerdict, LeavesTheOtherCountsBesideIt) {
  EXPECT_EQ(beside_verdict(of({passing()})), "");
  EXPECT_EQ(beside_verdict(of({passing(), failing()})), "1 pass");
  EXPECT_EQ(beside_verdict(testing::sample()), "1 pass, 1 skipped");
}
}  // namespace
}  // namespace checklist::render
