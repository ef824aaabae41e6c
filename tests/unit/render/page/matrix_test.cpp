// SPDX-License-Identifier: MIT
#include "render/page/matrix.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PageMatrix, LinksEachStatusToItsFindings) {
  EXPECT_THAT(matrix_html(testing::sample()),
              HasSubstr("<td class=fail><a href=\"#llamacpp.service/port_bindings\" "
                        "aria-label=\"llamacpp.service port_bindings: fail\" "
                        "title=\"llamacpp.service port_bindings: fail\">✗</a></td>"));
}

TEST(PageMatrix, HasAColumnForEachCheckAndNothingWhereItDoesNotRun) {
  const std::string html = matrix_html(testing::sample());
  EXPECT_THAT(html, HasSubstr("<a href=\"#check-port_bindings\">port_bindings</a>"));
  EXPECT_THAT(html, HasSubstr("ghost.service</a></th><td></td><td class=fail>"));
}

TEST(PageMatrix, GroupsUnitsAndNamesAUsersManager) {
  const std::string html = matrix_html(testing::sample());
  EXPECT_LT(html.find(">ml</th>"), html.find(">monitoring</th>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#user:dev/jupyter.service\">jupyter.service</a> "
                              "<small>user:dev</small>"));
}

TEST(PageMatrix, TellsTheScriptWhatARowIsWorst) {
  EXPECT_THAT(matrix_html(testing::sample()),
              HasSubstr("data-row=\"llamacpp.service ml\" data-worst=fail"));
}

TEST(PageMatrix, SaysWhatAHostCheckSawWithItsStatus) {
  EXPECT_THAT(host_html(testing::sample()),
              HasSubstr("coverage</a></th><td class=fail>✗ FAIL</td><td>no spec</td>"));
  EXPECT_THAT(host_html(testing::report({})), IsEmpty());
}

TEST(PageMatrix, ListsChanges) {
  EXPECT_THAT(
      changes_html(testing::sample()),
      HasSubstr("<td class=pass>✓ pass</td><td class=fail>✗ FAIL</td><td>tcp:0.0.0.0:8080"));
  EXPECT_THAT(changes_html(testing::report({})), IsEmpty());
}
}  // namespace
}  // namespace checklist::render
