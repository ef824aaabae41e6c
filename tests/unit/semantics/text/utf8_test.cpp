// SPDX-License-Identifier: MIT
#include "semantics/text/utf8.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(Utf8, HasTheLengthOfTheFirstCharacter) {
  EXPECT_EQ(character_length("ab"), 1U);
  EXPECT_EQ(character_length("äb"), 2U);
  EXPECT_EQ(character_length("€b"), 3U);
  EXPECT_EQ(character_length("\xf0\x9f\x90\xa7"), 4U);
  EXPECT_EQ(character_length("\xf4\x8f\xbf\xbf"), 4U) << "U+10FFFF";
}

TEST(Utf8, HasNoCharacterWhereTheTextIsInvalid) {
  for (const char* invalid : {"", "\x80", "\xff", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                              "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xe2\x82z"}) {
    EXPECT_EQ(character_length(invalid), 0U) << invalid;
  }
}

TEST(Utf8, DecodesCodePoints) {
  EXPECT_EQ(code_point("a"), 0x61U);
  EXPECT_EQ(code_point("ä"), 0xE4U);
  EXPECT_EQ(code_point("€"), 0x20ACU);
  EXPECT_EQ(code_point("\xf0\x9f\x90\xa7"), 0x1F427U);
}

TEST(Utf8, KnowsWhatATerminalInterprets) {
  for (const std::uint32_t point : {0x1BU, 0x7FU, 0x9BU, 0x200EU, 0x2028U, 0x202EU, 0x2066U}) {
    EXPECT_TRUE(is_control(point)) << point;
  }
  for (const std::uint32_t point : {0x20U, 0x7EU, 0xA0U, 0x2027U, 0x202FU, 0x206AU, 0x1F427U}) {
    EXPECT_FALSE(is_control(point)) << point;
  }
}
}  // namespace
}  // namespace checklist::semantics
