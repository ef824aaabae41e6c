// SPDX-License-Identifier: MIT
#include "checks/directives/setting.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
constexpr std::uint64_t gib = 1U << 30U;

TEST(Size, IsReadAsSystemdReadsMemory) {
  const std::vector<std::pair<const char*, std::uint64_t>> table{
      {"0", 0},           {"4096", 4096},        {"1K", 1024},
      {"32G", 32 * gib},  {"1.5G", 3 * gib / 2}, {"512 M", gib / 2},
      {"7B", 7},          {"2T", 2048 * gib},    {"infinity", unlimited},
      {"1P", gib << 20U}, {"1E", gib << 30U}};
  for (const auto& [text, bytes] : table) {
    EXPECT_EQ(parse_size(text), bytes) << text;
  }
}

TEST(Size, IsNoneOfAnotherText) {
  for (const char* text : {"", "G", "-1", "1X", "1..5G", ".5G", "5.G", "1e3", "32 GB", "infinit",
                           "18446744073709551615", "99999E", "0x10"}) {
    EXPECT_FALSE(parse_size(text)) << text;
  }
}

TEST(Size, IsPrintedExactly) {
  for (const char* text : {"0", "1", "1023", "1K", "1536M", "32G", "2T", "infinity"}) {
    const auto bytes = parse_size(text);
    ASSERT_TRUE(bytes) << text;
    EXPECT_EQ(print_size(*bytes), text);
  }
}

TEST(Share, IsReadAndPrinted) {
  for (const char* text : {"0%", "1%", "12.5%", "33.33%", "0.07%", "100%", "400%"}) {
    const auto share = parse_share(text);
    ASSERT_TRUE(share) << text;
    EXPECT_EQ(print_share(*share), text);
  }
  for (const char* text : {"", "%", "50", "-1%", "1.234%", "x%", "1 %"}) {
    EXPECT_FALSE(parse_share(text)) << text;
  }
}

TEST(Share, IsOfAWholeWithoutOverflow) {
  EXPECT_EQ(part_of(10'000, {5'000}), 5'000U);
  EXPECT_EQ(part_of(192'731, {1'000}), 19'273U);
  EXPECT_EQ(part_of(UINT64_MAX / 2, {10'000}), UINT64_MAX / 2);
}
}  // namespace
}  // namespace checklist::checks
