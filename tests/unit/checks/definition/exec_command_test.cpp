// SPDX-License-Identifier: MIT
#include "checks/definition/exec_command.hpp"

#include <gmock/gmock.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_command;
using testing::a_world;
using ::testing::IsEmpty;
using testing::texts;
using testing::World;

const Unseen denied{"permission", "access denied", ""};

// As systemd reports it: path, argv, may fail, four timestamps, pid, code, status.
Value a_command(const std::string& path, bool may_fail = false, std::uint64_t pid = 0) {
  const Value never{std::uint64_t{0}};
  const Value zero{std::int64_t{0}};
  return Value{Values{Value{path}, texts({path, "secret"}), Value{may_fail}, never, never, never,
                      never, Value{pid}, zero, zero}};
}

World starting(Values commands) {
  World world = a_world("x.service");
  world.property("ExecStart", Value{std::move(commands)});
  return world;
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

std::vector<StartCommand> to_start(World& world) {
  View see = world.view();
  FactReader look(see);
  return start_commands(look);
}

TEST(StartCommands, AreThoseOfAStartEachOnce) {
  for (const char* name : {"ExecConditionEx", "ExecStartPreEx", "ExecStartEx", "ExecStartPostEx"}) {
    World world = a_world("x.service");
    world.property(name, Value{Values{a_start_command("/x"), a_start_command("/x")}});
    ASSERT_EQ(to_start(world).size(), 1U) << name;
    EXPECT_EQ(to_start(world)[0], (StartCommand{"/x", Privileges::user}));
  }
  World stop = a_world("x.service");
  stop.property("ExecStopEx", Value{Values{a_start_command("/x")}});
  EXPECT_THAT(to_start(stop), IsEmpty());
}

TEST(StartCommands, KeepThePrivilegesOfTheirPrefix) {
  const auto privileges = [](const std::vector<std::string>& flags) {
    World world = a_world("x.service");
    world.property("ExecStartEx", Value{Values{a_start_command("/x", flags)}});
    return to_start(world).at(0).with;
  };
  EXPECT_EQ(privileges({"privileged"}), Privileges::unlimited);
  EXPECT_EQ(privileges({"no-setuid"}), Privileges::root);
  EXPECT_EQ(privileges({"ambient"}), Privileges::user);
  EXPECT_EQ(privileges({"no-env-expand"}), Privileges::user);
}

TEST(StartCommands, BesidesTheMainOneMayKeepAllPrivileges) {
  World world = a_world("x.service");
  world.property("PermissionsStartOnly", Value{true})
      .property("ExecStartPreEx", Value{Values{a_start_command("/pre")}})
      .property("ExecStartEx", Value{Values{a_start_command("/x")}});
  EXPECT_EQ(to_start(world).at(0), (StartCommand{"/pre", Privileges::unlimited}));
  EXPECT_EQ(to_start(world).at(1), (StartCommand{"/x", Privileges::user}));
}

TEST(StartCommands, DoNotCountIfTheirFailureIsIgnored) {
  World world = a_world("x.service");
  world.property("ExecStartEx", Value{Values{a_start_command("/x", {"ignore-failure"}),
                                             Value{std::string("x")}, texts({"/x"})}});
  EXPECT_THAT(to_start(world), IsEmpty());
}
}  // namespace
}  // namespace checklist::checks
