// SPDX-License-Identifier: MIT
#include "render/formats/junit.hpp"

#include <gmock/gmock.h>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(JUnit, IsTheGoldenText) {
  expect_golden("report.junit.xml", junit(sample()));
}

TEST(JUnit, EscapesMarkupAndWhatXmlCannotHold) {
  const std::string text = junit(report({service(
      "a\\x2db.service",
      {result("a", {failing("<b> & \"c\" ]]>", "one\ntwo \x1b[31m \x01 \xff \xef\xbf\xbe")})})}));
  EXPECT_THAT(text, HasSubstr("&lt;b&gt; &amp; &quot;c&quot; ]]&gt;"));
  EXPECT_THAT(text, HasSubstr("message=\"one two \xef\xbf\xbd[31m \xef\xbf\xbd \xef\xbf\xbd "
                              "\xef\xbf\xbd\""));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(JUnit, HasFailuresBeforeWhatIsUnknown) {
  const std::string text =
      junit(report({service("x.service", {result("a", {unseen("y"), failing("z", "seen")})})}));
  EXPECT_THAT(text, HasSubstr("<failure message=\"seen\" type=\"wider\">z (wider)\n"));
  EXPECT_LT(text.find("z (wider)"), text.find("y (permission)"));
}
}  // namespace
}  // namespace checklist::render
