// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "render/page/page.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

const About gpu1{.host = "gpu<1>", .version = "1.2.3"};

std::optional<std::string> page_of(const Report& report, std::string_view unit,
                                   std::string_view manager = "system") {
  return unit_page({.report = report, .about = gpu1, .etag = "\"7\""}, unit, manager);
}

TEST(UnitPage, ShowsEveryCheckWithEveryFinding) {
  const auto html = page_of(testing::sample(), "llamacpp.service");
  ASSERT_TRUE(html);
  for (const char* part :
       {"<title>✗ llamacpp.service, gpu&lt;1&gt;: 1 of 2 checks fails</title>",
        "<h1>llamacpp.service <small>active (running)</small></h1>", "id=\"service_state\"",
        "aria-label=pass>✓</span> <b>unix:/run/l.sock</b>", "data-etag=\"&quot;7&quot;\"",
        "<dt>unit file</dt><dd>/etc/systemd/system/llamacpp.service</dd>"}) {
    EXPECT_THAT(*html, HasSubstr(part));
  }
}

TEST(UnitPage, IsThatOfTheHost) {
  EXPECT_THAT(page_of(testing::sample(), "host").value_or(""),
              HasSubstr("<h1>host <small>degraded, systemd 252.39</small></h1>"));
}

TEST(UnitPage, IsThatOfAUsersUnit) {
  EXPECT_THAT(page_of(testing::sample(), "jupyter.service", "user:dev").value_or(""),
              HasSubstr("<h1>jupyter.service (user:dev) "));
  EXPECT_EQ(page_of(testing::sample(), "jupyter.service"), std::nullopt);
  EXPECT_EQ(page_of(testing::sample(), "no.service"), std::nullopt);
}

TEST(UnitPage, FoldsWhatPassesAndPutsItLast) {
  const std::string html = page_of(testing::sample(), "llamacpp.service").value_or("");
  EXPECT_THAT(html, HasSubstr("<details class=check data-fold=\"port_bindings\" open>"));
  EXPECT_THAT(html, HasSubstr("<details class=check data-fold=\"service_state\"><summary>"));
  EXPECT_LT(html.find("data-fold=\"port_bindings\""), html.find("data-fold=\"service_state\""));
  EXPECT_LT(html.find("tcp:0.0.0.0:8080"), html.find("unix:/run/l.sock"));
}

TEST(UnitPage, SaysThatAUnitMustNotRun) {
  EXPECT_THAT(page_of(testing::sample(), "ghost.service").value_or(""),
              HasSubstr("no: must not run"));
  EXPECT_THAT(page_of(testing::sample(), "llamacpp.service").value_or(""),
              Not(HasSubstr("must not run")));
}

TEST(UnitPage, HasNoLinkThatAPrefixWouldBreak) {
  const std::string html = page_of(testing::sample(), "llamacpp.service").value_or("");
  for (const char* link : {"href=\"../\"", "href=\"../explain/port_bindings\"",
                           "href=\"../metrics\"", "href=\"../api/v1/report\""}) {
    EXPECT_THAT(html, HasSubstr(link));
  }
  EXPECT_THAT(html, Not(HasSubstr("href=\"/")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"explain")));
}

TEST(UnitPage, EscapesWhatAUnitMaySay) {
  const auto hostile = testing::service(
      "x.service", {testing::result("service_state", {testing::failing("<b>'\"&", "<script>")})});
  hostile->group = "<i>";
  const std::string html = page_of(testing::report({hostile}), "x.service").value_or("");
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;&#39;&quot;&amp;"));
  EXPECT_THAT(html, HasSubstr("<dd>&lt;script&gt;</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
}
}  // namespace
}  // namespace checklist::render
