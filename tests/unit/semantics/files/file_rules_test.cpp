// SPDX-License-Identifier: MIT
#include "semantics/files/file_rules.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(FileRules, NameAbsolutePathsWithoutDetours) {
  for (const char* path : {"/etc", "/etc/credstore/*", "/a/.b", "/a/..b", "/a/b...", "/ü"}) {
    EXPECT_TRUE(is_plain_path(path)) << path;
  }
  for (const char* path : {"", "/", "etc", "/etc/", "//etc", "/./a", "/a/..", "/a/../b", "/a\n"}) {
    EXPECT_FALSE(is_plain_path(path)) << path;
  }
}

TEST(FileRules, TellAGlobFromAPath) {
  EXPECT_TRUE(is_glob("/a/*"));
  EXPECT_TRUE(is_glob("/a/[bc]"));
  EXPECT_FALSE(is_glob("/a/b"));
}

TEST(FileRules, ReadModesInOctal) {
  const auto mode = [](const char* text) {
    return ParameterType<FileMode>::parse(Value{std::string(text)});
  };
  EXPECT_EQ(mode("0640"), FileMode{0640});
  EXPECT_EQ(mode("640"), FileMode{0640});
  EXPECT_EQ(mode("4755"), FileMode{04755});
  for (const char* wrong : {"", "64", "0680", "06400", "u+rw", "-640", " 640"}) {
    EXPECT_FALSE(mode(wrong)) << wrong;
  }
  EXPECT_FALSE(ParameterType<FileMode>::parse(Value{std::int64_t{640}}));
  EXPECT_EQ(mode_text(0640), "0640");
  EXPECT_EQ(mode_text(04755), "4755");
}

TEST(FileRules, HaveANameForEachType) {
  for (const auto& [type, name] : names<FileType>) {
    EXPECT_EQ(from_text<FileType>(name), type);
  }
}
}  // namespace
}  // namespace checklist::semantics
