// SPDX-License-Identifier: MIT
#include "render/page.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Page, ShowsEveryUnitWithEveryStatusInWords) {
  const std::string html = page(testing::sample(), "\"7\"");
  for (const char* text : {"llamacpp.service", "ghost.service", "✗ FAIL", "✓ pass", "? unknown"}) {
    EXPECT_THAT(html, HasSubstr(text));
  }
}

TEST(Page, SaysWhatIsExpectedAndObservedAndWhatToDo) {
  const std::string html = page(testing::sample(), "\"7\"");
  EXPECT_THAT(html, HasSubstr("<dt>expected</dt><dd>tcp:127.0.0.1:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>observed</dt><dd>tcp:0.0.0.0:8080</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>hint</dt><dd>Bind it to loopback.</dd>"));
}

TEST(Page, SaysNothingOfFailuresWhenAllPass) {
  const auto good = testing::service(
      "x.service", {testing::result("service_state", {testing::passing("state")})});
  EXPECT_THAT(page(testing::report({good}), "\"7\""), Not(HasSubstr("What does not pass")));
}

TEST(Page, EscapesWhatAUnitMaySay) {
  const auto hostile = testing::service(
      "x.service", {testing::result("service_state", {testing::failing("<b>'\"&", "<script>")})});
  hostile->group = "<i>";
  const std::string html = page(testing::report({hostile}), "\"7\"");
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;&#39;&quot;&amp;"));
  EXPECT_THAT(html, HasSubstr("<dd>&lt;script&gt;</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("<dd><script>")));
  EXPECT_THAT(html, HasSubstr("&lt;i&gt;"));
}

TEST(Page, CarriesTheReportsTagForItsLongPoll) {
  EXPECT_THAT(page(testing::sample(), "\"7\""), HasSubstr("data-etag=\"&quot;7&quot;\""));
}

TEST(Page, ShowsLogTextToThoseAloneWhoMayReadTheJournal) {
  Finding finding = testing::failing("messages", "it logs errors");
  finding.details = "a line of the log";
  finding.quotes_log = true;
  const Report quoting = testing::report(
      {testing::service("x.service", {testing::result("journal_errors", {finding})})});
  EXPECT_THAT(page(quoting, "", Audience::anyone), Not(HasSubstr("a line of the log")));
  EXPECT_THAT(page(quoting, "", Audience::journal_readers), HasSubstr("a line of the log"));
}
}  // namespace
}  // namespace checklist::render
