// SPDX-License-Identifier: MIT
#include "render/page/frame.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;

TEST(PageFrame, HasTheVerdictInTitleIconAndBanner) {
  const Report report = testing::report({});
  const About about{.host = "gpu1", .version = "1.2.3"};
  const PageSource source{.report = report, .about = about, .etag = ""};
  const auto html = framed(source, {.title = "a&b",
                                    .heading = "<h1>x</h1>",
                                    .counts = {0, 3, 1, 0},
                                    .controls = "",
                                    .main = "<p>y",
                                    .root = "../"});
  for (const char* part :
       {"<title>? a&amp;b: 1 of 4 checks is unknown, none fails</title>", "fill='%23bf8700'",
        "class=\"is-unknown\"", "<main><p>y</main>", "href=\"../metrics\""}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
}
}  // namespace
}  // namespace checklist::render
