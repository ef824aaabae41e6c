// SPDX-License-Identifier: MIT
#include "parse/host/release_file.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
using Fields = std::map<std::string, std::string>;

TEST(ReleaseFile, HasAssignments) {
  EXPECT_EQ(release_fields("ID=debian\nVERSION_ID=\"12\"\n"),
            (Fields{{"ID", "debian"}, {"VERSION_ID", "12"}}));
  EXPECT_EQ(release_fields("NAME='a $b'\nX=\"a \\\"b\\\"\"\nID=debian \r\nID=other"),
            (Fields{{"NAME", "a $b"}, {"X", "a \"b\""}, {"ID", "other"}}));
}

TEST(ReleaseFile, HasNothingElse) {
  for (const char* text : {"", "\n\n", "# ID=debian\n", "garbage\n"}) {
    EXPECT_EQ(release_fields(text), Fields{}) << text;
  }
  EXPECT_EQ(release_fields("ID=\"\nVERSION_ID="), (Fields{{"ID", "\""}, {"VERSION_ID", ""}}));
}
}  // namespace
}  // namespace checklist::parse
