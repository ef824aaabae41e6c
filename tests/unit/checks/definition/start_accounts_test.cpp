// SPDX-License-Identifier: MIT
#include "checks/definition/start_accounts.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_service_in;
using testing::texts;
using testing::World;

// "fail account_missing user x, …"; empty: nothing to say.
std::string verdicts(World& world) {
  View see = world.view();
  std::string out;
  for (const Finding& each : missing_accounts(see)) {
    out += (out.empty() ? "" : ", ") + std::string(text(each.status)) + " " + each.reason + " " +
           each.subject;
  }
  return out;
}

Accounts accounts(bool is_complete = true) {
  return {.users = {{"x", {}}}, .groups = {{"x", {}}, {"video", {}}}, .is_complete = is_complete};
}

World a_service(const std::string& user, const std::string& group = {}) {
  World world = a_service_in(ActiveState::active, "running");
  world.text("User", user).text("Group", group).with(AccountsKey{}, accounts());
  return world;
}

TEST(StartAccounts, AreKnown) {
  World world = a_service("x", "x");
  world.property("SupplementaryGroups", texts({"video"}));
  EXPECT_EQ(verdicts(world), "");
  World none = a_service("");
  none.with(AccountsKey{}, Unseen{"permission", "may not", ""});
  EXPECT_EQ(verdicts(none), "");
}

TEST(StartAccounts, AreMissedBeforeTheNextStart) {
  World world = a_service("gone", "none");
  world.property("SupplementaryGroups", texts({"video", "render"}));
  EXPECT_EQ(verdicts(world),
            "fail account_missing user gone, fail account_missing group none, "
            "fail account_missing group render");
}

TEST(StartAccounts, ByNumberNeedAnEntry) {
  World world = a_service("1234", "1234");
  EXPECT_EQ(verdicts(world), "fail account_missing user 1234, fail account_missing group 1234");
  world.with(AccountsKey{},
             Accounts{.users = {{"y", {.uid = 1234, .gid = 0, .home = {}, .shell = {}}}},
                      .groups = {{"y", {.gid = 1234}}},
                      .is_complete = true});
  EXPECT_EQ(verdicts(world), "");
}

TEST(StartAccounts, OfRootAndNobodyAreKnownToSystemd) {
  World world = a_service("nobody", "0");
  EXPECT_EQ(verdicts(world), "");
}

TEST(StartAccounts, OfADynamicUserAreMade) {
  World world = a_service("made", "made");
  world.property("DynamicUser", Value{true}).property("SupplementaryGroups", texts({"render"}));
  EXPECT_EQ(verdicts(world), "fail account_missing group render");
}

TEST(StartAccounts, MayBeOfAnotherSource) {
  World world = a_service("of-a-directory");
  world.with(AccountsKey{}, accounts(false));
  EXPECT_EQ(verdicts(world), "");
  world.with(AccountsKey{}, Unseen{"permission", "may not", ""});
  EXPECT_EQ(verdicts(world), "unknown permission user of-a-directory");
}

TEST(StartAccounts, OfADynamicUserHaveANameThatNoGroupHas) {
  World world = a_service("video");
  world.property("DynamicUser", Value{true});
  EXPECT_EQ(verdicts(world), "fail in_the_way user video");
  world.text("User", "x");
  EXPECT_EQ(verdicts(world), "") << "a user that is there is taken as it is";
  world.text("User", "new");
  EXPECT_EQ(verdicts(world), "");
}
}  // namespace
}  // namespace checklist::checks
