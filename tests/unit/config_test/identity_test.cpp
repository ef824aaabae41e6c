// SPDX-License-Identifier: MIT
#include "config_test/identity.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>

namespace checklist::config_test {
namespace {
constexpr auto account = "nobody";

// A builder of packages may have no accounts but its own.
bool has_accounts() {
  return ::getpwnam("daemon") != nullptr && ::getgrnam("sys") != nullptr;
}

TEST(Identity, IsTheUserOfTheService) {
  if (!has_accounts()) {
    GTEST_SKIP() << "there is no user daemon, or no group sys";
  }
  const auto identity = identity_for({.user = "daemon", .group = "sys"}, account);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->uid, 1U);
  EXPECT_EQ(identity->gid, 3U);
  EXPECT_EQ(identity->groups, std::vector<gid_t>{3});
  EXPECT_FALSE(identity->reads_all);
  EXPECT_FALSE(identity->is_alone);
  EXPECT_EQ(identity_for({.user = "1"}, account)->uid, 1U);
}

TEST(Identity, ForRootIsAnAccountThatReadsAllFiles) {
  for (const char* root : {"", "root", "0"}) {
    const auto identity = identity_for({.user = root}, account);
    ASSERT_TRUE(identity) << root;
    EXPECT_EQ(identity->uid, 65534U);
    EXPECT_TRUE(identity->groups.empty());
    EXPECT_TRUE(identity->reads_all);
    EXPECT_TRUE(identity->is_alone);
  }
}

TEST(Identity, ForADynamicUserIsTheAccountWithoutRights) {
  const auto identity = identity_for({.user = "gone", .dynamic_user = true}, account);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->uid, 65534U);
  EXPECT_FALSE(identity->reads_all);
}

TEST(Identity, IsUnseenWithoutTheAccount) {
  EXPECT_EQ(identity_for({.user = "no-such-user"}, account).unseen().why,
            "user no-such-user does not exist");
  EXPECT_FALSE(identity_for({}, "no-such-account"));
  if (!has_accounts()) {
    GTEST_SKIP() << "there is no user daemon, or no group sys";
  }
  EXPECT_EQ(identity_for({.user = "daemon", .group = "no-such-group"}, account).unseen().why,
            "group no-such-group does not exist");
}
}  // namespace
}  // namespace checklist::config_test
