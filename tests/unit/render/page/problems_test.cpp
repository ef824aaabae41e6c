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

TEST(PageProblems, SayWhatIsExpectedAndObservedAndWhatToDo) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<dt>expected</dt><dd>tcp:127.0.0.1:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>observed</dt><dd>tcp:0.0.0.0:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>hint</dt><dd>Bind it to loopback.</dd>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"explain/port_bindings\">what to do</a>"));
  EXPECT_THAT(html, HasSubstr("<h3><a href=\"unit/llamacpp.service\">llamacpp.service</a></h3>"));
  EXPECT_THAT(html,
              HasSubstr("<h4><a class=fail href=\"unit/llamacpp.service#port_bindings\">✗ FAIL "
                        "port_bindings</a></h4>"));
  EXPECT_THAT(html, HasSubstr("since <time datetime=\"2023-11-14T22:13:20Z\">"));
  EXPECT_THAT(html, HasSubstr("acknowledged until <time"));
  EXPECT_THAT(html, HasSubstr("by dev: moves on &lt;Monday&gt;"));
}

TEST(PageProblems, ShowFailuresBeforeWhatIsUnknown) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_LT(html.rfind("is-fail"), html.find("is-unknown"));
  EXPECT_THAT(html, Not(HasSubstr("is-pass")));
}

TEST(PageProblems, ShowTheMostSevereFirstAndTheSeverityOfTheCheck) {
  CheckResult minor = failing();
  CheckResult major = testing::result("service_state", {testing::failing("state", "inactive")});
  major.severity = Severity::critical;
  const std::string html = problems_html(of({minor, major}), Audience::anyone);
  EXPECT_LT(html.find("service_state"), html.find("port_bindings"));
  EXPECT_THAT(html, HasSubstr("</time></span> · warning · "));
}

TEST(PageProblems, ShowWhatPeopleNoticeBeforeWhatMayHurtLater) {
  CheckResult symptom = failing();
  symptom.kind = CheckClass::symptom;
  const CheckResult posture = testing::result("files", {testing::failing("key", "gone")});
  const std::string html =
      problems_html(testing::report({testing::service("a.service", {posture}),
                                     testing::service("b.service", {posture, symptom})}),
                    Audience::anyone);
  EXPECT_LT(html.find("port_bindings"), html.find("files"));
  EXPECT_LT(html.find(">b.service<"), html.find(">a.service<"));
}

TEST(PageProblems, ShowTheNewestOfTheEquallySevereFirst) {
  CheckResult old = failing();
  CheckResult fresh = testing::result("files", {testing::failing("key", "gone")});
  fresh.track.since = old.track.since + std::chrono::seconds{1};
  const std::string html = problems_html(testing::report({testing::service("a.service", {old}),
                                                          testing::service("b.service", {fresh})}),
                                         Audience::anyone);
  EXPECT_LT(html.find(">b.service<"), html.find(">a.service<"));
}

TEST(PageProblems, ShowAUnitOnce) {
  const std::string html = problems_html(
      of({failing(), testing::result("service_state", {testing::failing("state", "inactive")})}),
      Audience::anyone);
  EXPECT_EQ(html.find("<article"), html.rfind("<article"));
  EXPECT_THAT(html, HasSubstr("✗ FAIL service_state"));
}

TEST(PageProblems, ShowFourFindingsOfACheckAndLinkToTheOthers) {
  Findings findings;
  for (const char* subject : {"a", "b", "c", "d", "e", "f"}) {
    findings.push_back(testing::failing(subject, "gone"));
  }
  const std::string html =
      problems_html(of({testing::result("files", std::move(findings))}), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<b>d</b>"));
  EXPECT_THAT(html, Not(HasSubstr("<b>e</b>")));
  EXPECT_THAT(html, HasSubstr("<p><a href=\"unit/x.service#files\">2 more findings</a></p>"));
}

TEST(PageProblems, SayInALineWhyTheChecksAfterTheThirdFail) {
  std::vector<CheckResult> checks;
  for (const char* name : {"boot_start", "files", "hardening", "toggles"}) {
    checks.push_back(
        testing::result(name, {testing::failing("subject of " + std::string(name), "gone")}));
  }
  const std::string html = problems_html(of(checks), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("subject of hardening"));
  EXPECT_THAT(html, Not(HasSubstr("subject of toggles")));
  EXPECT_THAT(html, HasSubstr("</header>\n<p>gone</p></section>"));
}

TEST(PageProblems, ListAllButTheFirstTwentyUnitsOnALineEach) {
  std::vector<std::shared_ptr<const ServiceReport>> services;
  for (int i = 10; i < 32; ++i) {
    services.push_back(testing::service("x" + std::to_string(i) + ".service", {failing()}));
  }
  const std::string html = problems_html(testing::report(services), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<details data-fold=failing><summary>2 more units</summary>"));
  EXPECT_LT(html.find("x29.service"), html.find("<details"));
  EXPECT_THAT(html, HasSubstr("<li data-row=\"x31.service ml\" data-worst=fail><span class=fail "
                              "role=img aria-label=fail>✗</span> <a href=\"unit/x31.service\">"
                              "x31.service</a> <small>port_bindings</small> none</li>"));
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

}  // namespace
}  // namespace checklist::render
