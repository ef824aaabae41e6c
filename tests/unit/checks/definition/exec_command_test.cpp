// SPDX-License-Identifier: MIT
#include "checks/definition/exec_command.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_world;
using ::testing::IsEmpty;
using testing::texts;
using testing::World;

const Unseen denied{"permission", "access denied", ""};
const char* const settings[] = {"RootDirectory",       "RootImage",   "BindPaths",
                                "BindReadOnlyPaths",   "MountImages", "ExtensionImages",
                                "ExtensionDirectories"};

// As systemd reports it: path, argv, may fail, four timestamps, pid, code, status.
Value a_command(const std::string& path, bool may_fail = false, std::uint64_t pid = 0) {
  const Value never{std::uint64_t{0}};
  const Value zero{std::int64_t{0}};
  return Value{Values{Value{path}, texts({path, "secret"}), Value{may_fail}, never, never, never,
                      never, Value{pid}, zero, zero}};
}

FileStatus a_file(std::string type, std::uint32_t mode = 0755, std::string target = {}) {
  FileStatus out;
  out.type = std::move(type);
  out.mode = mode;
  out.target = std::move(target);
  return out;
}

World starting(Values commands) {
  World world = a_world("x.service");
  world.property("ExecStart", Value{std::move(commands)})
      .with(FileKey{"/bin/x"}, a_file("regular"));
  return world;
}

Findings unusable(World& world) {
  View see = world.view();
  return unusable_programs(see);
}

std::string reason(const FileStatus& file) {
  World world = starting({a_command("/bin/x")});
  world.with(FileKey{"/bin/x"}, file);
  const Findings findings = unusable(world);
  return findings.empty() ? "" : findings[0].reason;
}

TEST(ExecCommands, AreReadWithoutTheirArguments) {
  World world = starting({a_command("/bin/x", true, 7), a_command("bare")});
  View see = world.view();
  const auto all = exec_commands(see, "ExecStart");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].path, "/bin/x");
  EXPECT_TRUE(all[0].may_fail);
  EXPECT_EQ(all[0].pid, 7U);
  EXPECT_EQ(all[1].path, "bare");
  EXPECT_FALSE(all[1].may_fail);
}

TEST(ExecCommands, AreNoneWhereUnseenOrOfAnotherShape) {
  World world = starting({Value{std::string("/bin/x")}, texts({"/bin/x"}),
                          texts({"/bin/x", "", "", "", "", "", "", "", "", ""})});
  View see = world.view();
  EXPECT_THAT(exec_commands(see, "ExecStart"), IsEmpty());
  world.with(PropertyKey{"x.service", "ExecStart"}, denied);
  EXPECT_THAT(exec_commands(see, "ExecStart"), IsEmpty());
  world.property("ExecStart", Value{true});
  EXPECT_THAT(exec_commands(see, "ExecStart"), IsEmpty());
}

TEST(UnusablePrograms, AreMissingOrNotExecutableFiles) {
  EXPECT_EQ(reason(a_file("regular")), "");
  EXPECT_EQ(reason(a_file("regular", 0001)), "");
  EXPECT_EQ(reason(a_file("missing")), "program_missing");
  EXPECT_EQ(reason(a_file("symlink", 0777)), "program_missing");
  EXPECT_EQ(reason(a_file("regular", 0644)), "program_not_executable");
  EXPECT_EQ(reason(a_file("directory")), "program_not_executable");
}

TEST(UnusablePrograms, AreJudgedByTheFileThatALinkLeadsTo) {
  World world = starting({a_command("/bin/x")});
  world.with(FileKey{"/bin/x"}, a_file("symlink", 0777, "/opt/x"))
      .with(FileKey{"/opt/x"}, a_file("regular", 0600));
  ASSERT_EQ(unusable(world).size(), 1U);
  EXPECT_EQ(unusable(world)[0].subject, "/bin/x");
  EXPECT_EQ(unusable(world)[0].reason, "program_not_executable");
}

TEST(UnusablePrograms, AreUnknownWhereTheFileIsUnseen) {
  World world = starting({a_command("/bin/x")});
  world.with(FileKey{"/bin/x"}, denied);
  ASSERT_EQ(unusable(world).size(), 1U);
  EXPECT_EQ(unusable(world)[0].status, Status::unknown);
  EXPECT_EQ(unusable(world)[0].reason, "permission");
}

TEST(UnusablePrograms, DoNotCountIfTheirFailureIsIgnoredOrTheirNameIsBare) {
  World world = starting({a_command("/none", true), a_command("none")});
  world.with(FileKey{"/none"}, a_file("missing")).with(FileKey{"none"}, a_file("missing"));
  EXPECT_THAT(unusable(world), IsEmpty());
  EXPECT_FALSE(world.asked_for(FileKey{"/none"}));
}

TEST(UnusablePrograms, AreThoseOfAStartAndEachIsNamedOnce) {
  for (const char* name : {"ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"}) {
    World world = a_world("x.service");
    world.with(FileKey{"/none"}, a_file("missing"))
        .property(name, Value{Values{a_command("/none"), a_command("/none")}});
    EXPECT_EQ(unusable(world).size(), 1U) << name;
  }
  World stop = a_world("x.service");
  stop.with(FileKey{"/none"}, a_file("missing"))
      .property("ExecStop", Value{Values{a_command("/none")}});
  EXPECT_THAT(unusable(stop), IsEmpty());
}

TEST(UnusablePrograms, AreNotJudgedWhereTheUnitSeesOtherFiles) {
  for (const char* name : settings) {
    World world = starting({a_command("/none")});
    world.with(FileKey{"/none"}, a_file("missing"));
    EXPECT_EQ(unusable(world).size(), 1U);
    const bool is_text = std::string(name).starts_with("Root");
    world.property(name, is_text ? Value{std::string("/srv")} : Value{Values{texts({"/a", "/b"})}});
    EXPECT_THAT(unusable(world), IsEmpty()) << name;
  }
}

TEST(SeesOtherFiles, AsksForEverySettingEvenIfTheFirstDecides) {
  World world = a_world("x.service");
  world.text("RootDirectory", "/srv");
  View see = world.view();
  EXPECT_TRUE(sees_other_files(see));
  const auto wanted = world.facts().wanted<PropertyKey>();
  ASSERT_TRUE(wanted);
  for (const char* each : settings) {
    EXPECT_TRUE(wanted->contains(PropertyKey{"x.service", each})) << each;
  }
}

TEST(SeesOtherFiles, IsFalseWithoutASetting) {
  World world = a_world("x.service");
  for (const char* each : settings) {
    world.property(each, Value{Values{}});
  }
  world.text("RootDirectory", "").text("RootImage", "");
  View see = world.view();
  EXPECT_FALSE(sees_other_files(see));
}
}  // namespace
}  // namespace checklist::checks
