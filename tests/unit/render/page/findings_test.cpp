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
  EXPECT_THAT(runbook_link("port_bindings"), HasSubstr("#check-port_bindings"));
  EXPECT_THAT(runbook_link("no_such_check"), IsEmpty());
}

TEST(PageFinding, HasNoSinceBeforeTheFirstChange) {
  CheckResult result = testing::result("files", {testing::passing("x")});
  EXPECT_THAT(since_html(result), HasSubstr("since <time"));
  result.track.since = {};
  EXPECT_THAT(since_html(result), IsEmpty());
}
}  // namespace
}  // namespace checklist::render
