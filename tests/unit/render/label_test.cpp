// SPDX-License-Identifier: MIT
#include "render/label.hpp"

#include <gmock/gmock.h>

namespace checklist::render {
namespace {
constexpr const char* replaced = "\xef\xbf\xbd";

TEST(LabelText, KeepsValidUtf8) {
  for (const char* text : {"", "plain", "ä", "€", "\xf0\x9f\x90\xa7", "\xef\xbf\xbd", "a\nb"}) {
    EXPECT_EQ(label_text(text), text);
  }
}

TEST(LabelText, ReplacesEachBadByte) {
  const std::string bad = replaced;
  EXPECT_EQ(label_text("\xff"), bad);                                // never a lead byte
  EXPECT_EQ(label_text("a\x80z"), "a" + bad + "z");                  // a continuation alone
  EXPECT_EQ(label_text("\xc0\xaf"), bad + bad);                      // overlong in two bytes
  EXPECT_EQ(label_text("\xe0\x80\xaf"), bad + bad + bad);            // overlong in three
  EXPECT_EQ(label_text("\xed\xa0\x80"), bad + bad + bad);            // a surrogate
  EXPECT_EQ(label_text("\xf4\x90\x80\x80"), bad + bad + bad + bad);  // beyond U+10FFFF
  EXPECT_EQ(label_text("\xe2\x82"), bad + bad);                      // cut off
  EXPECT_EQ(label_text("\xe2\x82z"), bad + bad + "z");
}

TEST(LabelText, IsCutAtACharacterBoundary) {
  EXPECT_EQ(label_text(std::string(200, 'x')), std::string(120, 'x'));
  EXPECT_EQ(label_text(std::string(119, 'x') + "ä"), std::string(119, 'x'));
  EXPECT_EQ(label_text(std::string(118, 'x') + "ä"), std::string(118, 'x') + "ä");
  EXPECT_EQ(label_text(std::string(118, 'x') + "\xff"), std::string(118, 'x'));
}

TEST(Shortened, EndsInAnEllipsisOnlyIfItIsCut) {
  const std::string fits(20, 'x');
  EXPECT_EQ(shortened(fits, 20), fits);
  EXPECT_EQ(shortened(fits + "y", 20), std::string(17, 'x') + "…");
  EXPECT_EQ(shortened(fits + "🐧", 20), std::string(17, 'x') + "…");
  EXPECT_EQ(shortened(std::string(16, 'x') + "äää", 20), std::string(16, 'x') + "…");
}

TEST(Harmless, KeepsLinesAndNoOtherControls) {
  EXPECT_EQ(harmless("a\nb\tc", 20), "a\nb\tc");
  EXPECT_EQ(harmless("\033[2J\xe2\x80\xae", 20), std::string(replaced) + "[2J" + replaced);
}

TEST(Printable, LetsNothingSteerATerminal) {
  const std::string bad = replaced;
  EXPECT_EQ(printable("\033[2J"), bad + "[2J");
  EXPECT_EQ(printable("a\nb\tc\rd"), "a b c d");
  EXPECT_EQ(printable("\x7f"), bad);
  EXPECT_EQ(printable("\xc2\x9b"), bad);      // CSI as one C1 character
  EXPECT_EQ(printable("\xe2\x80\xae"), bad);  // right-to-left override
  EXPECT_EQ(printable("\xe2\x81\xa6"), bad);  // an isolate
  EXPECT_EQ(printable("ä ✓ \xf0\x9f\x90\xa7"), "ä ✓ \xf0\x9f\x90\xa7");
}
}  // namespace
}  // namespace checklist::render
