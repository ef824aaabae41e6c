// SPDX-License-Identifier: MIT
#include "parse/config_test/program_output.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
using Lines = std::vector<std::string>;

TEST(ProgramOutput, IsKeptWithoutWhatItQuotes) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"unknown directive \"hunter2\" in /etc/x:3", "unknown directive \"…\" in /etc/x:3"},
      {"cannot unmarshal !!str `hunter2` into int", "cannot unmarshal !!str `…` into int"},
      {"near 'hunter2', line 3", "near '…', line 3"},
      {"open() \"/etc/x.conf\" failed", "open() \"/etc/x.conf\" failed"},
      {"an \"/a b\" path", "an \"…\" path"},
      {"can't open, won't read", "can't open, won't read"},
      {"key=\"hunter2", "key=\"…"},
      {"\"hunter2\" \"hunter2\"", "\"…\" \"…\""}};
  for (const auto& [output, expected] : cases) {
    EXPECT_EQ(last_lines(output), Lines{expected});
  }
}

TEST(ProgramOutput, IsPrintableAndBounded) {
  EXPECT_EQ(last_lines("a\033[31mb\tc\r\n\n"), Lines{"a [31mb c "});
  std::string many;
  for (int i = 0; i < 100; ++i) {
    many += std::to_string(i) + std::string(1000, 'x') + "\n";
  }
  const Lines lines = last_lines(many);
  ASSERT_EQ(lines.size(), 20U);
  EXPECT_TRUE(lines.front().starts_with("80x"));
  EXPECT_EQ(lines.back().size(), 300U);
  EXPECT_EQ(last_lines(""), Lines{});
}
}  // namespace
}  // namespace checklist::parse
