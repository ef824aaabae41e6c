// SPDX-License-Identifier: MIT
#include "parse/journal_cursor.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
const std::string one(32, '1');
const std::string two(32, '2');

std::string text(const std::string& sequence, const std::string& number, const std::string& boot,
                 const std::string& monotonic, const std::string& wall) {
  return "s=" + sequence + ";i=" + number + ";b=" + boot + ";m=" + monotonic + ";t=" + wall +
         ";x=5bd4";
}

TEST(JournalCursor, IsReadAsSystemdWritesIt) {
  const auto cursor = journal_cursor(
      "s=739ad463348b4ceca5a9e69c95a3c93f;i=4ece7;b=6c7c6013a26343b29e964691ff25d04c;"
      "m=4fc72436e;t=4c508a7243799;x=88597d6ea3f8e4ea");
  ASSERT_TRUE(cursor);
  EXPECT_EQ(cursor->sequence, "739ad463348b4ceca5a9e69c95a3c93f");
  EXPECT_EQ(cursor->number, 0x4ece7U);
  EXPECT_EQ(cursor->boot, "6c7c6013a26343b29e964691ff25d04c");
  EXPECT_EQ(cursor->monotonic_usec, 0x4fc72436eU);
  EXPECT_EQ(cursor->wall_usec, 0x4c508a7243799U);
}

TEST(JournalCursor, WhatHasAnotherFormIsNone) {
  for (const std::string& bad :
       {std::string(), std::string("garbage"), std::string(";;;="), text("1", "1", one, "1", "1"),
        text(one, "", one, "1", "1"), text(one, "xyz", one, "1", "1"),
        text(one, "1", one, "-1", "1"), text(one, "1", one, "1", "11111111111111111"),
        text("A" + one.substr(1), "1", one, "1", "1"), "s=" + one + ";i=1"}) {
    EXPECT_FALSE(journal_cursor(bad)) << bad;
  }
}

// The first comes after the second, and not the other way round.
TEST(JournalCursor, ComesAfterAnotherAsSdJournalReads) {
  const std::vector<std::pair<std::string, std::string>> table{
      {text(one, "b", one, "1", "1"), text(one, "a", one, "9", "9")},  // clocks do not matter
      {text(one, "10", one, "1", "1"), text(one, "f", two, "9", "9")},
      {text(one, "1", one, "b", "1"), text(two, "9", one, "a", "9")},  // nor the wall clock here
      {text(one, "1", one, "1", "b"), text(two, "9", two, "9", "a")},
  };
  for (const auto& [later, earlier] : table) {
    EXPECT_TRUE(comes_after(*journal_cursor(later), *journal_cursor(earlier))) << later;
    EXPECT_FALSE(comes_after(*journal_cursor(earlier), *journal_cursor(later))) << later;
    EXPECT_FALSE(comes_after(*journal_cursor(later), *journal_cursor(later))) << later;
  }
}
}  // namespace
}  // namespace checklist::parse
