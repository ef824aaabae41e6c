// SPDX-License-Identifier: MIT
#include "parse/nsswitch.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NameSources, AreThoseOfTheDatabasesLine) {
  constexpr auto text =
      "# passwd: ldap\n"
      "passwd:\tfiles systemd # sss\n"
      "  group : files [SUCCESS=merge] systemd [ !UNAVAIL=return  NOTFOUND=continue ] sss\n"
      "shadow:\n";
  EXPECT_THAT(name_sources(text, "passwd"), ElementsAre("files", "systemd"));
  EXPECT_THAT(name_sources(text, "group"), ElementsAre("files", "sss", "systemd"));
  EXPECT_THAT(name_sources(text, "shadow"), IsEmpty());
}

TEST(NameSources, AreTheFilesWhereNothingElseIsSaid) {
  EXPECT_THAT(name_sources("", "passwd"), ElementsAre("files"));
  EXPECT_THAT(name_sources("hosts: dns\npasswd", "passwd"), ElementsAre("files"));
}
}  // namespace
}  // namespace checklist::parse
