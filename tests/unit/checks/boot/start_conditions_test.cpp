// SPDX-License-Identifier: MIT
#include "checks/boot/start_conditions.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Findings judged(World& world) {
  View see = world.view();
  return unmet_conditions(see, "x.service");
}

World with(const std::vector<Value>& rows) {
  World world = a_world("x.service");
  add_unit(world, "x.service");
  world.property("Conditions", Value{Values(rows.begin(), rows.end())})
      .text("Type", "simple")
      .with(FileKey{"/etc/there"}, a_file("regular"))
      .with(FileKey{"/etc/gone"}, a_file("missing"));
  return world;
}

TEST(StartConditions, AFileThatIsNotThere) {
  World world = with({a_condition("ConditionPathExists", false, false, "/etc/gone", 1)});
  const Findings findings = judged(world);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].reason, "condition");
  EXPECT_EQ(findings[0].subject, "ConditionPathExists=/etc/gone");
  EXPECT_EQ(findings[0].observed, "/etc/gone does not exist");
}

TEST(StartConditions, AFileThatMustNotBeThere) {
  World world = with({a_condition("ConditionPathExists", false, true, "/etc/there", 1)});
  EXPECT_EQ(judged(world).at(0).observed, "/etc/there exists");
  world.text("Type", "oneshot");
  EXPECT_THAT(judged(world), IsEmpty()) << "it may mark its own success";
}

TEST(StartConditions, PassWhenMet) {
  World world = with({a_condition("ConditionPathExists", false, false, "/etc/there", 1),
                      a_condition("ConditionPathExists", false, true, "/etc/gone", 1)});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(StartConditions, OneAlternativeIsEnough) {
  World world = with({a_condition("ConditionPathExists", true, false, "/etc/gone", 1),
                      a_condition("ConditionPathExists", true, false, "/etc/there", 1)});
  EXPECT_THAT(judged(world), IsEmpty());
  world = with({a_condition("ConditionPathExists", true, false, "/etc/gone", 1),
                a_condition("ConditionHost", true, false, "other", 1)});
  EXPECT_THAT(judged(world), IsEmpty()) << "no file decides the other";
  world = with({a_condition("ConditionPathExists", true, false, "/etc/gone", 1)});
  EXPECT_THAT(judged(world), SizeIs(1));
}

TEST(StartConditions, OtherKindsOfFiles) {
  World world = with({a_condition("ConditionFileNotEmpty", false, false, "/etc/there", 1),
                      a_condition("ConditionPathIsDirectory", false, false, "/etc/there", 1),
                      a_condition("ConditionFileIsExecutable", false, false, "/etc/there", 1),
                      a_condition("ConditionPathIsSymbolicLink", false, false, "/etc/there", 1)});
  EXPECT_THAT(judged(world), SizeIs(4));
}

TEST(StartConditions, Patterns) {
  World world =
      with({a_condition("ConditionPathExistsGlob", false, false, "/v/main.{c[vl]d,inc}", 1)});
  world.with(GlobKey{"/v/main.c[vl]d"}, std::vector<std::string>{})
      .with(GlobKey{"/v/main.inc"}, std::vector<std::string>{});
  EXPECT_THAT(judged(world), SizeIs(1));
  world.with(GlobKey{"/v/main.inc"}, std::vector<std::string>{"/v/main.inc"});
  EXPECT_THAT(judged(world), IsEmpty());
  world = with({a_condition("ConditionDirectoryNotEmpty", false, false, "/v", 1)});
  world.with(GlobKey{"/v/*"}, std::vector<std::string>{})
      .with(GlobKey{"/v/.[!.]*"}, std::vector<std::string>{"/v/.a"});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(StartConditions, SayNothingOfRunAndOtherKinds) {
  World world = with({a_condition("ConditionPathExists", false, false, "/run/gone", 1),
                      a_condition("ConditionVirtualization", false, false, "yes", -1)});
  EXPECT_THAT(judged(world), IsEmpty());
}

TEST(StartConditions, AnAssertRefusesTheStart) {
  World world = with({});
  world.property("Asserts",
                 Value{Values{a_condition("AssertPathExists", false, false, "/etc/gone", 1)}});
  EXPECT_EQ(judged(world).at(0).reason, "assert");
}

TEST(StartConditions, NameTheUnitThatStartsIt) {
  World world = with({});
  world.with(PropertyKey{"x.timer", "Asserts"}, Value{Values{}})
      .with(PropertyKey{"x.timer", "Conditions"},
            Value{Values{a_condition("ConditionPathExists", false, true, "/etc/there", 1)}});
  View see = world.view();
  EXPECT_EQ(unmet_conditions(see, "x.timer").at(0).subject,
            "x.timer: ConditionPathExists=!/etc/there");
}

TEST(StartConditions, AreUnknownIfTheFileIs) {
  World world = with({a_condition("ConditionPathExists", false, false, "/etc/gone", 1)});
  world.with(FileKey{"/etc/gone"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(judged(world).at(0).status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
