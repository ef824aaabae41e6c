// SPDX-License-Identifier: MIT
#include "render/page/tables.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(PageTables, SayWhatAHostCheckSawWithItsStatus) {
  EXPECT_THAT(host_html(testing::sample()),
              HasSubstr("<a href=\"unit/host#coverage\">coverage</a></th><td class=fail>✗ FAIL</td>"
                        "<td>no spec</td>"));
  EXPECT_THAT(host_html(testing::report({})), IsEmpty());
}

TEST(PageTables, ListChanges) {
  const std::string html = changes_html(testing::sample());
  EXPECT_THAT(html, HasSubstr("<td class=pass>✓ pass</td><td class=fail>✗ FAIL</td>"
                              "<td>tcp:0.0.0.0:8080"));
  EXPECT_THAT(html, Not(HasSubstr("earlier")));
  EXPECT_THAT(changes_html(testing::report({})), IsEmpty());
}

TEST(PageTables, FoldAllButTheNewestTenChanges) {
  Report report = testing::sample();
  std::vector<Change> changes(13, report.changes->front());
  changes[9].observed = "the tenth";
  changes[10].observed = "the eleventh";
  report.changes = std::make_shared<const std::vector<Change>>(std::move(changes));
  const std::string html = changes_html(report);
  EXPECT_LT(html.find("the tenth"), html.find("<summary>3 earlier</summary>"));
  EXPECT_GT(html.find("the eleventh"), html.find("<summary>3 earlier</summary>"));
}
}  // namespace
}  // namespace checklist::render
