// SPDX-License-Identifier: MIT
#include "parse/accounts.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ParsedUsers, AreThoseOfThePasswdFile) {
  const auto found = users(
      "root:x:0:0:root:/root:/bin/bash\n"
      "# a comment: of 1:2:3:4:5\n"
      "nobody:*:65534:65534::/nonexistent:/usr/sbin/nologin\n"
      "last:x:1000:100:Doe, John,,:/home/last:");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at("nobody").uid, 65534U);
  EXPECT_EQ(found.at("nobody").shell, "/usr/sbin/nologin");
  EXPECT_EQ(found.at("last"), (User{.uid = 1000, .gid = 100, .home = "/home/last", .shell = ""}));
}

TEST(ParsedUsers, TakeTheFirstOfANameThatStandsThereTwice) {
  const auto found = users("x:x:1:1::/:/bin/sh\nx:x:0:0::/:/bin/bash\n");
  EXPECT_EQ(found.at("x").uid, 1U);
}

TEST(ParsedUsers, LeaveOutWhatIsNone) {
  EXPECT_THAT(users(""), IsEmpty());
  EXPECT_THAT(users("\n\n:x:1:1::/:\nx:x:one:1::/:\nx:x:1:1::/\n+::::::\nx:x:-1:1::/:\n"),
              IsEmpty());
  EXPECT_THAT(users("x:x:4294967296:1::/:/bin/sh\n"), IsEmpty());
}

TEST(ParsedGroups, HaveTheirMembersSorted) {
  const auto found = groups("root:x:0:\nvideo:x:44:dev,alice,,bob\nnogroup:*:65534:");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_THAT(found.at("root").members, IsEmpty());
  EXPECT_EQ(found.at("video").gid, 44U);
  EXPECT_THAT(found.at("video").members, ElementsAre("alice", "bob", "dev"));
}
}  // namespace
}  // namespace checklist::parse
