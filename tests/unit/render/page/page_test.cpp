// SPDX-License-Identifier: MIT
#include "render/page/page.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

const About gpu1{.host = "gpu<1>", .version = "1.2.3"};

std::string page_of(const Report& report, Audience audience = Audience::anyone) {
  return page({.report = report, .about = gpu1, .etag = "\"7\"", .audience = audience});
}

TEST(Page, ShowsEveryPart) {
  const std::string html = page_of(testing::sample());
  for (const char* part : {"llamacpp.service", ">Failing</h2>", ">Unknown</h2>", "All checks",
                           "Recent changes", "<h2>Host</h2>", "checklistd 1.2.3"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
}

TEST(Page, SaysWhyChecksFailAboveTheMatrix) {
  const std::string html = page_of(testing::sample());
  EXPECT_LT(html.find("tcp:0.0.0.0:8080"), html.find("class=\"wrap matrix\""));
  EXPECT_LT(html.find("sockets cannot be read"), html.find("class=\"wrap matrix\""));
}

TEST(Page, OpensWithTheVerdict) {
  const auto good = testing::service(
      "x.service", {testing::result("service_state", {testing::passing("state")})});
  EXPECT_THAT(page_of(testing::report({good})),
              HasSubstr("class=\"is-pass\"><span aria-hidden=true>✓</span> "
                        "<b>The one check passes</b>"));
  EXPECT_THAT(page_of(testing::sample()),
              HasSubstr("class=\"is-fail\"><span aria-hidden=true>✗</span> "
                        "<b>3 of 5 checks fail, 1 is unknown</b> <small>1 pass, 1 skipped"));
}

TEST(Page, NamesTheHostAndTheVerdictInTitleAndHeading) {
  const std::string html = page_of(testing::sample());
  EXPECT_THAT(html, HasSubstr("<title>✗ gpu&lt;1&gt;: 3 of 5 checks fail, 1 is unknown</title>"));
  EXPECT_THAT(html, HasSubstr("<h1>gpu&lt;1&gt; <small>service checklist</small></h1>"));
  EXPECT_THAT(html, HasSubstr("fill='%23c21d28'"));
  const auto good = testing::service(
      "x.service", {testing::result("service_state", {testing::passing("state")})});
  EXPECT_THAT(page_of(testing::report({good})), HasSubstr("fill='%231a7f37'"));
}

TEST(Page, HasNoLinkThatAPrefixWouldBreak) {
  const std::string html = page_of(testing::sample());
  EXPECT_THAT(html, Not(HasSubstr("href=\"/")));
  const auto script = std::ranges::find(page_assets(), "/script.js", &Asset::path);
  EXPECT_THAT(std::string(script->text), HasSubstr("new URL(location)"));
}

TEST(CheckPage, IsTheRunbookOfACheck) {
  const auto html = check_page("port_bindings", gpu1);
  ASSERT_TRUE(html);
  for (const char* part : {"<h1>port_bindings</h1>", "<h3>Reasons</h3>", "gpu&lt;1&gt;",
                           "href=\"../style.css\"", "href=\"../\""}) {
    EXPECT_THAT(*html, HasSubstr(part));
  }
  EXPECT_THAT(*html, Not(HasSubstr("<script")));
  EXPECT_EQ(check_page("no_such_check", gpu1), std::nullopt);
  EXPECT_EQ(check_page("../port_bindings", gpu1), std::nullopt);
}

TEST(Page, CarriesTheReportsTagForItsLongPoll) {
  EXPECT_THAT(page_of(testing::sample()), HasSubstr("data-etag=\"&quot;7&quot;\""));
}

TEST(Page, LetsOnlyItsOwnStyleAndScriptIn) {
  const std::string html = page_of(testing::sample());
  EXPECT_THAT(html, HasSubstr("<link rel=stylesheet href=\"style.css\">"));
  EXPECT_THAT(html, HasSubstr("<script defer src=\"script.js\"></script>"));
  EXPECT_THAT(html, Not(HasSubstr("<style")));
  EXPECT_THAT(html, Not(HasSubstr(" style=")));
  EXPECT_THAT(html, Not(HasSubstr("onclick")));
  const std::string policy(page_policy);
  EXPECT_THAT(policy, HasSubstr("default-src 'none'; style-src 'self'; script-src 'self'; "
                                "connect-src 'self'; img-src data:"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

TEST(Page, ShowsLogTextToThoseAloneWhoMayReadTheJournal) {
  Finding finding = testing::failing("messages", "it logs errors");
  finding.details = "a line of the log";
  finding.quotes_log = true;
  const Report quoting = testing::report(
      {testing::service("x.service", {testing::result("journal_errors", {finding})})});
  EXPECT_THAT(page_of(quoting), Not(HasSubstr("a line of the log")));
  EXPECT_THAT(page_of(quoting, Audience::journal_readers), HasSubstr("a line of the log"));
}
}  // namespace
}  // namespace checklist::render
