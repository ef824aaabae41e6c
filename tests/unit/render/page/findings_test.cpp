// SPDX-License-Identifier: MIT
#include "render/page/findings.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(PageFinding, LeavesOutEmptyTexts) {
  const std::string html = finding_html(testing::passing("state"), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("<b>state</b></p><dl></dl>"));
}

TEST(PageFinding, ShowsLogTextToJournalReadersOnly) {
  Finding finding = testing::failing("messages", "errors");
  finding.quotes_log = true;
  EXPECT_THAT(finding_html(finding, Audience::journal_readers), HasSubstr("pid 4711"));
  EXPECT_THAT(finding_html(finding, Audience::anyone), Not(HasSubstr("pid 4711")));
}

TEST(PageFinding, LinksOnlyToPagesThatExist) {
  EXPECT_THAT(page_link("port_bindings", "what to do", "../"),
              ::testing::StrEq("<a href=\"../explain/port_bindings\">what to do</a>"));
  EXPECT_THAT(page_link("no_such_check", "what to do", ""), IsEmpty());
}

TEST(PageFinding, SaysItsStatusInAWordToScreenReaders) {
  EXPECT_THAT(finding_html(testing::unseen("sockets"), Audience::anyone),
              HasSubstr("<p><span class=unknown role=img aria-label=unknown>?</span> <b>sockets"));
}

TEST(PageFinding, HasNoSeverityOnTheHost) {
  const CheckResult result = testing::result("coverage", {testing::failing("x.service", "no")});
  EXPECT_THAT(context_html(result, false, ""), HasSubstr("</span> · warning · <a"));
  EXPECT_THAT(context_html(result, true, ""), HasSubstr("</span> · <a"));
}

TEST(PageFinding, HasNoSinceBeforeTheFirstChange) {
  CheckResult result = testing::result("files", {testing::passing("x")});
  EXPECT_THAT(since_html(result), HasSubstr("since <time"));
  result.track.since = {};
  EXPECT_THAT(since_html(result), IsEmpty());
}
}  // namespace
}  // namespace checklist::render
