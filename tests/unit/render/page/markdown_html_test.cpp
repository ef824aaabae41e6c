// SPDX-License-Identifier: MIT
#include "render/page/markdown_html.hpp"

#include <gmock/gmock.h>

#include "render/check_pages.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Markdown, LeavesTheTitleOutAndKeepsHeadings) {
  EXPECT_EQ(html_of("# title\n\n## How\n"), "<h3>How</h3>\n");
}

TEST(Markdown, JoinsTheLinesOfAParagraph) {
  EXPECT_EQ(html_of("one\ntwo\n\nthree\n"), "<p>one two</p>\n<p>three</p>\n");
}

TEST(Markdown, MarksCodeBoldTextAndLinks) {
  EXPECT_EQ(html_of("**a `b`** [c](https://d.example) [e](f.md) [g](../h.md)"),
            "<p><b>a <code>b</code></b> <a href=\"https://d.example\">c</a> <a href=\"f\">e</a> "
            "g</p>\n");
}

TEST(Markdown, KeepsMarksThatStandAlone) {
  EXPECT_EQ(html_of("2 * 3 ` [x"), "<p>2 * 3 ` [x</p>\n");
}

TEST(Markdown, EscapesEverywhere) {
  EXPECT_EQ(html_of("a <b> `<i>`\n```\n<u>\n```\n"),
            "<p>a &lt;b&gt; <code>&lt;i&gt;</code></p>\n<pre><code>&lt;u&gt;\n</code></pre>\n");
}

TEST(Markdown, MakesListsWithTheirContinuedLines) {
  EXPECT_EQ(html_of("- one\n  more\n- two\n"), "<ul><li>one more</li>\n<li>two</li>\n</ul>\n");
}

TEST(Markdown, MakesTables) {
  EXPECT_EQ(html_of("| a | b |\n|---|---|\n| `x|y` | p \\| q |\n"),
            "<table><thead><tr><th>a</th><th>b</th></tr>\n</thead><tbody>\n"
            "<tr><td><code>x|y</code></td><td>p | q</td></tr>\n</tbody></table>\n");
}

TEST(Markdown, UnderstandsEveryPageOfTheChecks) {
  ASSERT_FALSE(check_pages().empty());
  for (const CheckPage& page : check_pages()) {
    const std::string html = html_of(page.text);
    for (const char* rest : {"|---", "**", "```", "<p>#", "<p>|", "<p>- "}) {
      EXPECT_THAT(html, Not(HasSubstr(rest))) << page.name;
    }
  }
}
}  // namespace
}  // namespace checklist::render
