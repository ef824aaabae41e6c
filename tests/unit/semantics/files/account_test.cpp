// SPDX-License-Identifier: MIT
#include "semantics/files/account.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
const Accounts known{.users = {{"root", {.uid = 0, .gid = 0, .home = "/", .shell = ""}},
                               {"toor", {.uid = 0, .gid = 0, .home = "/", .shell = ""}}},
                     .groups = {{"video", {.gid = 44}}}};

TEST(Account, IsOfANumberByName) {
  EXPECT_EQ(is_user(known, {"root"}, 0), Match::yes);
  EXPECT_EQ(is_user(known, {"toor"}, 0), Match::yes);
  EXPECT_EQ(is_user(known, {"root"}, 1), Match::no);
  EXPECT_EQ(is_group(known, {"video"}, 44), Match::yes);
}

TEST(Account, MayBeGivenAsANumber) {
  EXPECT_EQ(is_user(known, {"1234"}, 1234), Match::yes);
  EXPECT_EQ(is_user(known, {"1234"}, 0), Match::no);
}

TEST(Account, IsUnclearOnlyWhereBothAreUnknown) {
  EXPECT_EQ(is_user(known, {"dynamic"}, 0), Match::no);
  EXPECT_EQ(is_user(known, {"dynamic"}, 61234), Match::unclear);
}

TEST(Account, IsNamedForASentence) {
  EXPECT_EQ(user_text(known, 0), "root");
  EXPECT_EQ(user_text(known, 7), "user 7");
  EXPECT_EQ(group_text(known, 7), "group 7");
}

TEST(Account, NamesAreThoseOfPasswd) {
  for (const char* name : {"root", "claude-code", "_x", "a.b", "1000"}) {
    EXPECT_TRUE(ParameterType<AccountName>::parse(Value{std::string(name)})) << name;
  }
  for (const char* name : {"", "-x", "a b", "a:b", "ü", "a234567890123456789012345678901234"}) {
    EXPECT_FALSE(ParameterType<AccountName>::parse(Value{std::string(name)})) << name;
  }
}

TEST(Account, LogsInUnlessItsShellForbidsIt) {
  EXPECT_TRUE(can_log_in("/bin/bash"));
  EXPECT_TRUE(can_log_in(""));
  EXPECT_FALSE(can_log_in("/usr/sbin/nologin"));
  EXPECT_FALSE(can_log_in("/bin/false"));
}
}  // namespace
}  // namespace checklist::semantics
