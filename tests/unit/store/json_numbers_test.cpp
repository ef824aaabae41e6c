// SPDX-License-Identifier: MIT
#include "store/json_numbers.hpp"

#include <gtest/gtest.h>

namespace checklist::store {
namespace {
using nlohmann::json;

json parsed(const char* text) {
  return json::parse(text);
}

TEST(JsonNumbers, MustBeIntegersOfTheType) {
  EXPECT_EQ(integer<int>(parsed("-7")), -7);
  EXPECT_EQ(integer<std::uint64_t>(parsed("18446744073709551615")), UINT64_MAX);
  for (const char* text : {"1.5", "1.0", "1e300", "\"1\"", "null", "[1]", "2147483648", "true"}) {
    EXPECT_THROW((void)integer<int>(parsed(text)), std::invalid_argument) << text;
  }
  EXPECT_THROW((void)integer<std::uint64_t>(parsed("-1")), std::invalid_argument);
}

TEST(JsonNumbers, AsCountsAreExactInJson) {
  EXPECT_EQ(count(parsed("9007199254740992")), 9007199254740992U);
  EXPECT_THROW((void)count(parsed("9007199254740993")), std::invalid_argument);
}

TEST(JsonNumbers, AsTimesAreOfFourDigitYears) {
  EXPECT_EQ(wall_time(parsed("1700000000000000")).time_since_epoch().count(), 1700000000000000);
  EXPECT_THROW((void)wall_time(parsed("-1")), std::invalid_argument);
  EXPECT_THROW((void)wall_time(parsed("253402300800000000")), std::invalid_argument);
}

TEST(JsonNumbers, AreRefusedInFewWordsHoweverDeepAListIsInTheirPlace) {
  constexpr std::size_t depth = 500'000;  // of a record of 1 MiB
  const json nested = json::parse(std::string(depth, '[') + std::string(depth, ']'));
  try {
    (void)wall_time(nested);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "not an integer: array");
  }
}
}  // namespace
}  // namespace checklist::store
