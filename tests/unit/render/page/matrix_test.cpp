// SPDX-License-Identifier: MIT
#include "render/page/matrix.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PageMatrix, LinksWhatDoesNotPassToItsFindings) {
  const std::string html = matrix_html(testing::sample());
  EXPECT_THAT(
      html,
      HasSubstr("<td class=fail><a href=\"unit/llamacpp.service#port_bindings\" "
                "data-check=\"port_bindings\" aria-label=\"llamacpp.service port_bindings: fail\" "
                "title=\"llamacpp.service port_bindings: fail\">✗</a>"));
  EXPECT_THAT(html, HasSubstr("<td class=pass>✓"));
}

TEST(PageMatrix, HasAColumnForEachCheckAndNothingWhereItDoesNotRun) {
  const std::string html = matrix_html(testing::sample());
  EXPECT_THAT(html, HasSubstr("<a href=\"explain/port_bindings\">port_bindings</a>"));
  EXPECT_THAT(html, HasSubstr("<th scope=col>service_state<th scope=col>port_bindings</thead>"));
  EXPECT_THAT(html, HasSubstr("ghost.service</a><td class=fail>"));
  EXPECT_THAT(html, HasSubstr("</a><td>\n")) << "ghost.service has no port_bindings";
}

TEST(PageMatrix, GroupsUnitsAndNamesAUsersManager) {
  const std::string html = matrix_html(testing::sample());
  EXPECT_LT(html.find("<b>ml</b>"), html.find("<b>monitoring</b>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"unit/jupyter.service?manager=user:dev\">jupyter.service"
                              "</a> <small>user:dev</small>"));
}

TEST(PageMatrix, MarksARowWithItsWorstStatus) {
  EXPECT_THAT(matrix_html(testing::sample()),
              HasSubstr("<th scope=row><span class=fail aria-hidden=true>✗</span> <a "
                        "href=\"unit/llamacpp.service\">"));
}

TEST(PageMatrix, TellsTheScriptWhatARowIsWorst) {
  EXPECT_THAT(matrix_html(testing::sample()),
              HasSubstr("data-row=\"llamacpp.service ml\" data-worst=fail"));
}

TEST(PageMatrix, PutsWhatDoesNotPassFirst) {
  auto good = testing::service("a.service", {testing::result("files", {testing::passing("x")})});
  auto bad = testing::service("b.service", {testing::result("files", {testing::failing("x", "")})});
  auto other = testing::service("c.service", good->checks);
  other->group = "a";
  const std::string html = matrix_html(testing::report({good, bad, other}));
  EXPECT_LT(html.find("b.service"), html.find("a.service"));
  EXPECT_LT(html.find("data-fold=\"ml\""), html.find("data-fold=\"a\""));
}

TEST(PageMatrix, IsUnfoldedWithFewUnits) {
  const auto good = testing::service("a.service", {testing::result("files", {})});
  EXPECT_THAT(matrix_html(testing::report({good})),
              HasSubstr("<details data-fold=\"ml\" open><summary><b>ml</b> <small>1 unit</small>"));
}

TEST(PageMatrix, FoldsWhatPassesAmongManyUnits) {
  std::vector<std::shared_ptr<const ServiceReport>> services;
  for (int i = 100; i < 160; ++i) {
    const Finding finding = i == 159 ? testing::failing("x", "gone") : testing::passing("x");
    auto service = testing::service("x" + std::to_string(i) + ".service",
                                    {testing::result("files", {finding})});
    service->group = i < 110 ? "a" : "b";
    services.push_back(std::move(service));
  }
  const std::string html = matrix_html(testing::report(services));
  EXPECT_THAT(html, HasSubstr("<details data-fold=\"a\"><summary><b>a</b> <small>10 units"));
  EXPECT_THAT(html, HasSubstr("<details data-fold=\"b\" open><summary><b>b</b> <small>50 units"
                              "</small> <span class=fail>✗ 1 fails</span></summary>"));
  EXPECT_THAT(html, HasSubstr("<details data-fold=\"b/pass\"><summary>49 units pass</summary>"));
  EXPECT_LT(html.find("x159.service"), html.find("b/pass"));
  EXPECT_GT(html.find("x158.service"), html.find("b/pass"));
}
}  // namespace
}  // namespace checklist::render
