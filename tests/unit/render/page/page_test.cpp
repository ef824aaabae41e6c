// SPDX-License-Identifier: MIT
#include "render/page/page.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Page, ShowsEveryPart) {
  const std::string html = page(testing::sample(), "\"7\"", "n0");
  for (const char* part :
       {"llamacpp.service", ">Failing</h2>", ">Unknown</h2>", "All checks", "Units in detail",
        "Recent changes", "What each check requires", "<h2>Host</h2>"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
}

TEST(Page, SaysWhyChecksFailAboveTheMatrix) {
  const std::string html = page(testing::sample(), "\"7\"", "n0");
  EXPECT_LT(html.find("tcp:0.0.0.0:8080"), html.find("<table class=matrix"));
  EXPECT_LT(html.find("sockets cannot be read"), html.find("<table class=matrix"));
}

TEST(Page, OpensWithTheVerdict) {
  const auto good = testing::service(
      "x.service", {testing::result("service_state", {testing::passing("state")})});
  EXPECT_THAT(page(testing::report({good}), "", "n0"),
              HasSubstr("class=\"is-pass\"><span aria-hidden=true>✓</span> "
                        "<b>The one check passes</b>"));
  EXPECT_THAT(page(testing::sample(), "", "n0"),
              HasSubstr("class=\"is-fail\"><span aria-hidden=true>✗</span> "
                        "<b>3 of 5 checks fail, 1 is unknown</b> <small>1 pass, 1 skipped"));
}

TEST(Page, CarriesTheReportsTagForItsLongPoll) {
  EXPECT_THAT(page(testing::sample(), "\"7\"", "n0"), HasSubstr("data-etag=\"&quot;7&quot;\""));
}

TEST(Page, LetsOnlyItsOwnStyleAndScriptIn) {
  const std::string html = page(testing::sample(), "\"7\"", "n0");
  EXPECT_THAT(html, HasSubstr("<style nonce=\"n0\">"));
  EXPECT_THAT(html, HasSubstr("<script nonce=\"n0\">"));
  EXPECT_THAT(html, Not(HasSubstr(" style=")));
  EXPECT_THAT(html, Not(HasSubstr("onclick")));
  EXPECT_THAT(page_policy("n0"), HasSubstr("default-src 'none'; style-src 'nonce-n0'; script-src "
                                           "'nonce-n0'; connect-src 'self'"));
  EXPECT_THAT(page_policy("n0"), Not(HasSubstr("unsafe")));
}

TEST(Page, ShowsLogTextToThoseAloneWhoMayReadTheJournal) {
  Finding finding = testing::failing("messages", "it logs errors");
  finding.details = "a line of the log";
  finding.quotes_log = true;
  const Report quoting = testing::report(
      {testing::service("x.service", {testing::result("journal_errors", {finding})})});
  EXPECT_THAT(page(quoting, "", "n0", Audience::anyone), Not(HasSubstr("a line of the log")));
  EXPECT_THAT(page(quoting, "", "n0", Audience::journal_readers), HasSubstr("a line of the log"));
}
}  // namespace
}  // namespace checklist::render
