// SPDX-License-Identifier: MIT
#include "render/page/details.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PageDetails, ShowEveryUnitWithEveryFinding) {
  const std::string html = details_html(testing::sample(), Audience::anyone);
  for (const char* id : {"id=\"llamacpp.service\"", "id=\"llamacpp.service/service_state\"",
                         "id=\"user:dev/jupyter.service/port_bindings\"", "id=\"host/coverage\""}) {
    EXPECT_THAT(html, HasSubstr(id));
  }
  EXPECT_THAT(html,
              HasSubstr("is-pass\"><p><span class=pass>✓ pass</span> <b>unix:/run/l.sock</b>"));
  EXPECT_THAT(html, HasSubstr("<dt>unit file</dt><dd>/etc/systemd/system/llamacpp.service</dd>"));
}

TEST(PageDetails, EscapeWhatAUnitMaySay) {
  const auto hostile = testing::service(
      "x.service", {testing::result("service_state", {testing::failing("<b>'\"&", "<script>")})});
  hostile->group = "<i>";
  const std::string html = details_html(testing::report({hostile}), Audience::anyone);
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;&#39;&quot;&amp;"));
  EXPECT_THAT(html, HasSubstr("<dd>&lt;script&gt;</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
}

TEST(PageDetails, HaveTheRunbookOfEveryCheck) {
  const std::string html = runbooks_html();
  EXPECT_THAT(html, HasSubstr("id=\"check-port_bindings\""));
  EXPECT_THAT(html, HasSubstr("<h3>Reasons</h3>"));
}
}  // namespace
}  // namespace checklist::render
