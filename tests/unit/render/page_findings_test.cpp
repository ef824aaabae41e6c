// SPDX-License-Identifier: MIT
#include "render/page_findings.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(PageFindings, SayWhatIsExpectedAndObservedAndWhatToDo) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<dt>expected</dt><dd>tcp:127.0.0.1:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>observed</dt><dd>tcp:0.0.0.0:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>hint</dt><dd>Bind it to loopback.</dd>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#check-port_bindings\">what to do</a>"));
}

TEST(PageFindings, TellFailuresBeforeWhatIsUnknown) {
  const std::string html = problems_html(testing::sample(), Audience::anyone);
  EXPECT_LT(html.rfind("is-fail"), html.find("is-unknown"));
  EXPECT_THAT(html, Not(HasSubstr("is-pass")));
}

TEST(PageFindings, AreNoneWhenAllPasses) {
  const auto good = testing::service(
      "x.service", {testing::result("service_state", {testing::passing("state")})});
  EXPECT_THAT(problems_html(testing::report({good}), Audience::anyone), IsEmpty());
}

TEST(PageFindings, ShowEveryUnitWithEveryFinding) {
  const std::string html = details_html(testing::sample(), Audience::anyone);
  for (const char* id : {"id=\"llamacpp.service\"", "id=\"llamacpp.service/service_state\"",
                         "id=\"user:dev/jupyter.service/port_bindings\"", "id=\"host/coverage\""}) {
    EXPECT_THAT(html, HasSubstr(id));
  }
  EXPECT_THAT(html, HasSubstr("is-pass\"><p><span class=pass>✓ pass</span> unix:/run/l.sock"));
  EXPECT_THAT(html, HasSubstr("<dt>unit file</dt><dd>/etc/systemd/system/llamacpp.service</dd>"));
}

TEST(PageFindings, EscapeWhatAUnitMaySay) {
  const auto hostile = testing::service(
      "x.service", {testing::result("service_state", {testing::failing("<b>'\"&", "<script>")})});
  hostile->group = "<i>";
  const std::string html = problems_html(testing::report({hostile}), Audience::anyone) +
                           details_html(testing::report({hostile}), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;&#39;&quot;&amp;"));
  EXPECT_THAT(html, HasSubstr("<dd>&lt;script&gt;</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
}

TEST(PageFindings, HaveTheRunbookOfEveryCheck) {
  const std::string html = runbooks_html();
  EXPECT_THAT(html, HasSubstr("id=\"check-port_bindings\""));
  EXPECT_THAT(html, HasSubstr("<h3>Reasons</h3>"));
}
}  // namespace
}  // namespace checklist::render
