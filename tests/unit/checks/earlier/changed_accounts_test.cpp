// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using testing::a_running_service;
using testing::World;

World a_service_of(const std::string& user, std::uint64_t uid, Accounts accounts) {
  World world = a_running_service();
  world.text("User", user)
      .text("Group", "")
      .property("DynamicUser", Value{false})
      .number("UID", uid)
      .with(AccountsKey{}, std::move(accounts));
  return world;
}

User a_user(std::uint32_t uid, std::string shell = "/usr/sbin/nologin") {
  return {.uid = uid, .gid = uid, .home = "/", .shell = std::move(shell)};
}

std::string verdict(World world) {
  View see = world.view();
  const auto out = changed_accounts(see);
  return out.empty() ? "none" : out[0].reason;
}

TEST(ChangedAccounts, HaveAnotherNumberThanTheStartedService) {
  EXPECT_EQ(verdict(a_service_of("x", 777, {.users = {{"x", a_user(777)}}})), "none");
  EXPECT_EQ(verdict(a_service_of("x", 777, {.users = {{"x", a_user(778)}}})), "account_changed");
  EXPECT_EQ(verdict(a_service_of("x", 777, {})), "none");
}

TEST(ChangedAccounts, OfAGroupAreSeenToo) {
  World world = a_service_of("", UINT32_MAX, {.users = {}, .groups = {{"g", {.gid = 5}}}});
  world.text("Group", "g").number("GID", 4);
  EXPECT_EQ(verdict(std::move(world)), "account_changed");
}

TEST(ChangedAccounts, MayNotBecomeRoots) {
  EXPECT_EQ(verdict(a_service_of("x", UINT32_MAX, {.users = {{"x", a_user(0)}}})), "account_root");
  EXPECT_EQ(verdict(a_service_of("root", UINT32_MAX, {.users = {{"root", a_user(0)}}})), "none");
}

TEST(ChangedAccounts, MayNotShareTheirNumberWithALogin) {
  const auto with = [](std::string shell) {
    return Accounts{.users = {{"x", a_user(777)}, {"y", a_user(777, std::move(shell))}}};
  };
  EXPECT_EQ(verdict(a_service_of("x", 777, with("/bin/bash"))), "account_shared");
  EXPECT_EQ(verdict(a_service_of("x", 777, with("/usr/sbin/nologin"))), "none");
}

TEST(ChangedAccounts, AreNotThoseOfDynamicUsers) {
  World world = a_service_of("x", 777, {.users = {{"x", a_user(778)}}});
  world.property("DynamicUser", Value{true});
  EXPECT_EQ(verdict(std::move(world)), "none");
}
}  // namespace
}  // namespace checklist::checks
