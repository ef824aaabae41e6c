// SPDX-License-Identifier: MIT
#include "checks/directives/system_calls.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
using Names = std::set<std::string>;

const std::map<std::string, Names> groups{{"@default", {"exit", "read"}},
                                          {"@files", {"open", "close"}},
                                          {"@odd", {"switch_endian", "sys_debug_setcontext"}}};

NameSet resolved(std::vector<std::string> lines) {
  return resolve_system_calls({std::move(lines)}, groups);
}

NameSet allowed(Names names) {
  return {.all_but = false, .names = std::move(names)};
}

NameSet excepted(Names names) {
  return {.all_but = true, .names = std::move(names)};
}

TEST(SystemCalls, AreThoseOfTheGroupsAndTheDefaultOnes) {
  EXPECT_EQ(resolved({"@files stat"}), allowed({"open", "close", "stat", "exit", "read"}));
  EXPECT_EQ(resolved({"@files", "~open"}), allowed({"close", "exit", "read"}));
  EXPECT_EQ(resolved({"@files", "~@files"}), allowed({"exit", "read"}));
}

TEST(SystemCalls, OfADenyListHaveNoDefaultOnes) {
  EXPECT_EQ(resolved({"~@files"}), excepted({"open", "close"}));
  EXPECT_EQ(resolved({"~@files stat", "open"}), excepted({"close", "stat"}));
  EXPECT_EQ(resolved({"~@default"}), excepted({"exit", "read"}));
}

TEST(SystemCalls, AreNamedWithoutTheErrorThatDenyingReturns) {
  EXPECT_EQ(resolved({"~stat:EPERM @files:EACCES"}), excepted({"stat", "open", "close"}));
}

TEST(SystemCalls, KeepTheNamesOfGroupsThatThisSystemdLacks) {
  EXPECT_EQ(resolved({"~@future"}), excepted({"@future"}));
  EXPECT_EQ(resolve_system_calls({{"@files"}}, {}), allowed({"@files"}));
}

TEST(SystemCalls, OmitTheOneThatHasTheNameOfAnother) {
  EXPECT_EQ(resolved({"~@odd"}), excepted({"switch_endian"}));
}

TEST(SystemCalls, StartAgainAfterAnEmptyAssignment) {
  EXPECT_EQ(resolved({"~@files", "", "stat"}), allowed({"stat", "exit", "read"}));
}
}  // namespace
}  // namespace checklist::checks
