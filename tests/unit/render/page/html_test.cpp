// SPDX-License-Identifier: MIT
#include "render/page/html.hpp"

#include <gtest/gtest.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
TEST(Html, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(escaped("<b a=\"x\" c='y'>&"), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;");
}

TEST(Html, CutsAndMendsWhatIsNoText) {
  EXPECT_EQ(escaped("ab\xff", 100), "ab\xef\xbf\xbd");
  EXPECT_EQ(escaped("a\nb\033[2J"), "a\nb\xef\xbf\xbd[2J");
  EXPECT_LE(escaped(std::string(5000, 'x')).size(), 2000U);
}

TEST(Html, ShowsCommandsOfAHintAsCode) {
  EXPECT_EQ(escaped_hint("run `a <b>`, then `c`"),
            "run <code>a &lt;b&gt;</code>, then <code>c</code>");
  EXPECT_EQ(escaped_hint("a ` alone"), "a ` alone");
}

TEST(Html, TellsTheMomentToPeopleAndToTheScript) {
  EXPECT_EQ(time_element(testing::at_second(1700000000)),
            "<time datetime=\"2023-11-14T22:13:20Z\">2023-11-14 22:13:20 UTC</time>");
}

TEST(Html, LinksToWhatHasOddLetters) {
  EXPECT_EQ(url_encoded("getty@tty1.service"), "getty@tty1.service");
  EXPECT_EQ(url_encoded("a\\x2d\"<%.service"), "a%5Cx2d%22%3C%25.service");
}

TEST(Html, CountsInSingularAndPlural) {
  EXPECT_EQ(counted(1, "unit", "units"), "1 unit");
  EXPECT_EQ(counted(0, "unit", "units"), "0 units");
}

TEST(Html, SaysInASymbolAndAWordWhatAColourSays) {
  EXPECT_EQ(symbol_and_word(Status::fail), "✗ FAIL");
  EXPECT_EQ(symbol_and_word(Status::skip), "– skip");
}
}  // namespace
}  // namespace checklist::render
