// SPDX-License-Identifier: MIT
#include "render/wrap.hpp"

#include <gmock/gmock.h>

namespace checklist::render {
namespace {
using ::testing::ElementsAre;

TEST(Width, CountsColumns) {
  EXPECT_EQ(width("abc"), 3U);
  EXPECT_EQ(width("✗ FAIL"), 6U);
  EXPECT_EQ(width("日本"), 4U);
  EXPECT_EQ(width("e\xcc\x81"), 1U) << "with a combining accent";
  EXPECT_EQ(width("\033[1;31mred\033[0m"), 3U);
  EXPECT_EQ(width("\033[1"), 0U) << "cut off";
}

TEST(Wrapped, SplitsAtBlanksAndIndents) {
  EXPECT_THAT(wrapped("  key  one two three four", 15, 4),
              ElementsAre("  key  one two", "    three four"));
  EXPECT_THAT(wrapped("fits exactly ok", 15, 4), ElementsAre("fits exactly ok"));
  EXPECT_THAT(wrapped("", 15, 4), ElementsAre(""));
}

TEST(Wrapped, SplitsALongWordBetweenCharacters) {
  EXPECT_THAT(wrapped("a /0123456789abcdef", 12, 2), ElementsAre("a", "  /012345678", "  9abcdef"));
  EXPECT_THAT(wrapped("日本日本日本日", 11, 0), ElementsAre("日本日本日", "本日"));
}

TEST(Wrapped, CountsNoColours) {
  EXPECT_THAT(wrapped("\033[1mbold\033[0m 12345", 10, 0), ElementsAre("\033[1mbold\033[0m 12345"));
}

TEST(Wrapped, LeavesATextOfAnyWidthAlone) {
  const std::string text(1000, 'x');
  EXPECT_THAT(wrapped(text, any_width, 4), ElementsAre(text));
}
}  // namespace
}  // namespace checklist::render
