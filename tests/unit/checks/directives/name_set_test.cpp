// SPDX-License-Identifier: MIT
#include "checks/directives/name_set.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
NameSet allowed(std::set<std::string> names) {
  return {.all_but = false, .names = std::move(names)};
}

NameSet excepted(std::set<std::string> names) {
  return {.all_but = true, .names = std::move(names)};
}

TEST(NameSet, IsBuiltUpByAssignments) {
  EXPECT_EQ(name_set({}), NameSet{});
  EXPECT_EQ(name_set({"a b", "c"}), allowed({"a", "b", "c"}));
  EXPECT_EQ(name_set({"a b c", "~b c"}), allowed({"a"}));
  EXPECT_EQ(name_set({"~a b", "~c"}), excepted({"a", "b", "c"}));
  EXPECT_EQ(name_set({"~a b", "b"}), excepted({"a"}));
  EXPECT_EQ(name_set({"~ a b"}), excepted({"a", "b"}));
}

TEST(NameSet, StartsAnewAfterAnEmptyAssignment) {
  EXPECT_EQ(name_set({"a b", "", "~c"}), excepted({"c"}));
  EXPECT_EQ(name_set({"a", ""}), NameSet{});
}

TEST(NameSet, IsNoneWithATildeInTheMiddle) {
  EXPECT_FALSE(name_set({"a ~b"}));
  EXPECT_FALSE(name_set({"~"}));
  EXPECT_FALSE(name_set({"~~a"}));
}

TEST(NameSet, LiesWithinOneThatHoldsAsMuch) {
  EXPECT_TRUE(is_within(allowed({"a"}), allowed({"a", "b"})));
  EXPECT_TRUE(is_within(allowed({}), allowed({})));
  EXPECT_TRUE(is_within(allowed({"a"}), excepted({"b"})));
  EXPECT_TRUE(is_within(excepted({"a", "b"}), excepted({"a"})));
}

TEST(NameSet, LiesNotWithinOneThatLacksSomething) {
  EXPECT_FALSE(is_within(allowed({"a", "c"}), allowed({"a", "b"})));
  EXPECT_FALSE(is_within(allowed({"a", "b"}), excepted({"b"})));
  EXPECT_FALSE(is_within(excepted({"a"}), excepted({"a", "b"})));
  EXPECT_FALSE(is_within(excepted({"a"}), allowed({"b"})));
}

TEST(NameSet, SaysWhatIsTooMuch) {
  EXPECT_EQ(excess(allowed({"a", "c"}), allowed({"a"})), "c");
  EXPECT_EQ(excess(allowed({"a", "b", "c"}), excepted({"b"})), "b");
  EXPECT_EQ(excess(excepted({"a"}), excepted({"a", "b"})), "b");
  EXPECT_EQ(excess(allowed({"a", "b", "c", "d", "e"}), allowed({})), "a b c d and others");
  EXPECT_EQ(excess(excepted({}), allowed({})), "everything");
  EXPECT_EQ(excess(excepted({"a"}), allowed({"b"})), "everything but a list of names");
  EXPECT_EQ(excess(allowed({"a"}), allowed({"a"})), "nothing");
}

TEST(NameSet, IsPrintedAsOneAssignment) {
  for (const char* text : {"", "a", "a b", "~a b"}) {
    const auto set = name_set({text});
    ASSERT_TRUE(set) << text;
    EXPECT_EQ(print(*set), text);
  }
  EXPECT_EQ(print(excepted({})), "~");
}
}  // namespace
}  // namespace checklist::checks
