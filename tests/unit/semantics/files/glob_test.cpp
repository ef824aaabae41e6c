// SPDX-License-Identifier: MIT
#include "semantics/files/glob.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
Value given(const char* text) {
  return Value{std::string(text)};
}

TEST(PathGlob, MatchesWholePathsAndNoSlashByAWildcard) {
  const PathGlob glob{"/nix/store/*/x.service"};
  EXPECT_TRUE(matches(glob, "/nix/store/abc-unit/x.service"));
  EXPECT_FALSE(matches(glob, "/nix/store/abc/lib/x.service"));
  EXPECT_FALSE(matches(glob, "/nix/store/abc-unit/x.service.d"));
  EXPECT_FALSE(matches(PathGlob{"/etc?x"}, "/etc/x"));
  EXPECT_TRUE(matches(PathGlob{"/etc/[a-c]?"}, "/etc/b7"));
  EXPECT_FALSE(matches(PathGlob{"/etc/[a-c]?"}, "/etc/d7"));
  EXPECT_FALSE(matches(PathGlob{"/etc/x"}, ""));
}

TEST(FileGlob, MatchesTheNameAloneWithoutASlash) {
  const FileGlob name{"*.conf"};
  EXPECT_TRUE(matches(name, "/etc/systemd/system/x.service.d/a.conf"));
  EXPECT_TRUE(matches(name, "a.conf"));
  EXPECT_FALSE(matches(name, "/etc/a.conf/b"));
  EXPECT_FALSE(matches(name, ""));
  const FileGlob path{"/etc/*.conf"};
  EXPECT_TRUE(matches(path, "/etc/a.conf"));
  EXPECT_FALSE(matches(path, "/etc/x/a.conf"));
}

TEST(PathGlob, IsReadFromAnAbsolutePath) {
  using Type = ParameterType<PathGlob>;
  EXPECT_EQ(Type::parse(given("/etc/*")), PathGlob{"/etc/*"});
  EXPECT_EQ(Type::print(PathGlob{"/etc/*"}), given("/etc/*"));
  for (const Value& invalid : {given(""), given("etc/x"), given("*"), Value{true}, Value{}}) {
    EXPECT_FALSE(Type::parse(invalid));
  }
}

TEST(FileGlob, IsReadFromANameOrAnAbsolutePath) {
  using Type = ParameterType<FileGlob>;
  for (const char* valid : {"a.conf", "*", "/etc/*/a.conf"}) {
    ASSERT_TRUE(Type::parse(given(valid))) << valid;
    EXPECT_EQ(Type::print(*Type::parse(given(valid))), given(valid));
  }
  for (const Value& invalid : {given(""), given("d/a.conf"), given("./a.conf"), Value{Values{}}}) {
    EXPECT_FALSE(Type::parse(invalid));
  }
}
}  // namespace
}  // namespace checklist::semantics
