// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"
#include "support/unit_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef users;

namespace {
using checklist::testing::HostWorld;
using checklist::testing::texts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string claude = "claude-code";

User a_user() {
  return {.uid = 990, .gid = 990, .home = "/var/lib/claude-code", .shell = "/usr/sbin/nologin"};
}

HostWorld world_with(const User& user, std::vector<std::string> video = {"claude-code"}) {
  HostWorld world;
  world.with(AccountsKey{},
             Accounts{.users = {{claude, user}},
                      .groups = {{claude, {.gid = 990}},
                                 {"video", {.gid = 44, .members = std::move(video)}}}});
  return world;
}

Dict declared(Dict rules = {}) {
  return {{claude, Value{std::move(rules)}}};
}

Value word(std::string text) {
  return Value{std::move(text)};
}

TEST(Users, PassWhenAllIsAsDeclared) {
  EXPECT_THAT(
      world_with(a_user()).verdicts(users, declared({{"groups", texts({claude, "video"})},
                                                     {"system", Value{true}},
                                                     {"shell", word("/usr/sbin/nologin")},
                                                     {"home", word("/var/lib/claude-code")}})),
      ElementsAre("pass"));
}

TEST(Users, FailWhenThereIsNone) {
  HostWorld world;
  world.with(AccountsKey{}, Accounts{});
  EXPECT_THAT(world.verdicts(users, declared()), ElementsAre("fail missing claude-code"));
}

TEST(Users, FailOutOfTheirGroups) {
  EXPECT_THAT(
      world_with(a_user(), {"clau"}).verdicts(users, declared({{"groups", texts({"video"})}})),
      ElementsAre("fail not_in_group claude-code"));
  EXPECT_THAT(world_with(a_user()).verdicts(users, declared({{"groups", texts({"nvidia"})}})),
              ElementsAre("fail no_group claude-code"));
}

TEST(Users, FailForAnotherKindOfNumber) {
  EXPECT_THAT(world_with(a_user()).verdicts(users, declared({{"system", Value{false}}})),
              ElementsAre("fail uid claude-code"));
  User person = a_user();
  person.uid = 1000;
  EXPECT_THAT(world_with(person).verdicts(users, declared({{"system", Value{true}}})),
              ElementsAre("fail uid claude-code"));
}

TEST(Users, FailWithTheNumberOfRoot) {
  User user = a_user();
  user.uid = 0;
  EXPECT_THAT(world_with(user).verdicts(users, declared({{"system", Value{true}}})),
              ElementsAre("fail root claude-code"));
}

TEST(Users, FailWithTheNumberOfAnotherThatCanLogIn) {
  User other = a_user();
  const auto beside = [](const User& second) {
    HostWorld world;
    world.with(AccountsKey{},
               Accounts{.users = {{claude, a_user()}, {"other", second}}, .groups = {}});
    return world;
  };
  EXPECT_THAT(beside(other).verdicts(users, declared()), ElementsAre("pass"));
  other.shell = "/bin/bash";
  EXPECT_THAT(beside(other).verdicts(users, declared()),
              ElementsAre("fail shared_uid claude-code"));
  other.uid = 991;
  EXPECT_THAT(beside(other).verdicts(users, declared()), ElementsAre("pass"));
}

TEST(Users, FailWhenASystemUserCanLogIn) {
  User user = a_user();
  for (const std::string shell : {"/bin/bash", ""}) {  // without one it is /bin/sh
    user.shell = shell;
    EXPECT_THAT(world_with(user).verdicts(users, declared({{"system", Value{true}}})),
                ElementsAre("fail can_log_in claude-code"));
  }
  user.shell = "/nix/store/0-shadow/bin/nologin";
  EXPECT_THAT(world_with(user).verdicts(users, declared({{"system", Value{true}}})),
              ElementsAre("pass"));
}

TEST(Users, TakeAShellThatIsSaid) {
  User user = a_user();
  user.shell = "/bin/bash";
  EXPECT_THAT(world_with(user).verdicts(
                  users, declared({{"system", Value{true}}, {"shell", word("bash")}})),
              ElementsAre("pass"));
  EXPECT_THAT(world_with(user).verdicts(users, declared({{"shell", word("/usr/bin/bash")}})),
              ElementsAre("fail shell claude-code"));
}

TEST(Users, FailForAnotherHome) {
  EXPECT_THAT(world_with(a_user()).verdicts(users, declared({{"home", word("/root")}})),
              ElementsAre("fail home claude-code"));
}

TEST(Users, AreUnknownWhereTheAccountsCannotBeRead) {
  HostWorld world;
  world.with(AccountsKey{}, Unseen{"permission", "access denied", ""});
  EXPECT_THAT(world.verdicts(users, declared()), ElementsAre("unknown permission users"));
}

TEST(Users, TellMistakesOfTheirRules) {
  ConfigErrors errors;
  users.bind({{"-x", Value{Dict{}}}, {"y", Value{Dict{{"shel", word("z")}}}}}, "/host/users",
             errors);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].pointer, "/host/users/-x");
  EXPECT_EQ(errors[1].pointer, "/host/users/y/shel");
  EXPECT_THAT(errors[1].expected, HasSubstr("shell"));
}
}  // namespace
}  // namespace checklist::host_checks
