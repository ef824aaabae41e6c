// SPDX-License-Identifier: MIT
#include "checks/definition/start_programs.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_link;
using testing::a_regular_file;
using testing::a_start_command;
using testing::a_start_world;
using testing::texts;
using testing::World;

const std::string program = "/usr/bin/x";

Program a_script(std::string interpreter) {
  return {.format = Program::Format::script, .interpreter = std::move(interpreter)};
}

class StartProgramsTest : public ::testing::Test {
 protected:
  Findings findings() {
    View see = world_.view();
    FactReader look(see);
    const StartContext start = start_context(look);
    EXPECT_FALSE(look.gap()) << look.gap()->why;
    return unusable_programs(start, see);
  }

  std::string verdict() {
    const Findings all = findings();
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  void starts(const std::string& path, const std::vector<std::string>& flags = {}) {
    world_.property("ExecStartEx", Value{Values{a_start_command(path, flags)}});
  }

  void is_elf(const std::string& path, std::vector<std::string> missing = {}) {
    world_.with(NodeKey{path}, a_regular_file())
        .with(ProgramKey{path}, Program{.format = Program::Format::elf,
                                        .interpreter = {},
                                        .missing_libraries = std::move(missing)});
  }

  World world_ = a_start_world();
};

TEST_F(StartProgramsTest, AreThere) {
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{program}, Node{});
  EXPECT_EQ(verdict(), "fail program_missing");
}

TEST_F(StartProgramsTest, AreReachedThroughLinks) {
  world_.with(NodeKey{program}, a_link("/srv/x"));
  is_elf("/srv/x");
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{"/srv/x"}, Node{});
  EXPECT_EQ(verdict(), "fail program_missing");
}

TEST_F(StartProgramsTest, AreExecutableForTheUserOfTheUnit) {
  world_.with(NodeKey{program}, a_regular_file(0700));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  EXPECT_EQ(findings()[0].hint, "run `chmod o+x /usr/bin/x`");
  for (const char* prefix : {"privileged", "no-setuid"}) {
    starts(program, {prefix});
    EXPECT_EQ(verdict(), "") << prefix;
  }
  world_.with(NodeKey{program}, a_regular_file(0644));
  EXPECT_EQ(verdict(), "fail program_not_executable") << "root needs an x bit, too";
}

TEST_F(StartProgramsTest, AreExecutedOutsideOfPrivateUsersIfTheyHaveAllPrivileges) {
  Node file = a_regular_file(0500);
  file.permissions.uid = 4711;
  world_.with(NodeKey{program}, file).property("PrivateUsers", Value{true});
  starts(program, {"no-setuid"});
  EXPECT_EQ(verdict(), "fail program_not_executable");
  starts(program, {"privileged"});
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartProgramsTest, AreRegularFiles) {
  world_.with(NodeKey{program}, a_directory());
  EXPECT_EQ(verdict(), "fail program_not_executable");
}

TEST_F(StartProgramsTest, LieBehindDirectoriesThatTheUserMaySearch) {
  world_.with(NodeKey{"/usr/bin"}, a_directory(0700));
  EXPECT_EQ(verdict(), "fail closed");
}

TEST_F(StartProgramsTest, AreNotHiddenByTheUnitsOwnMounts) {
  world_.with(NodeKey{"/home"}, a_directory())
      .with(NodeKey{"/root"}, a_directory(0700))
      .with(NodeKey{"/run"}, a_directory())
      .with(NodeKey{"/run/user"}, a_directory())
      .with(NodeKey{"/home/x"}, a_regular_file())
      .text("ProtectHome", "yes");
  starts("/home/x");
  EXPECT_EQ(verdict(), "fail hidden");
  EXPECT_EQ(findings()[0].observed, "ProtectHome=yes hides /home/x from the unit");
}

TEST_F(StartProgramsTest, AreOnAFileSystemThatPermitsIt) {
  Node file = a_regular_file();
  file.no_exec = true;
  world_.with(NodeKey{program}, file);
  EXPECT_EQ(verdict(), "fail program_not_executable");
  world_.property("ExecPaths", texts({"/usr/bin"}));
  EXPECT_EQ(verdict(), "");
  world_.property("NoExecPaths", texts({"-/usr/bin/x"}));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  world_.property("ExecPaths", texts({})).property("NoExecPaths", texts({"/lib64"}));
  world_.with(NodeKey{program}, a_regular_file());
  EXPECT_EQ(verdict(), "fail program_not_executable") << "the dynamic linker";
}

TEST_F(StartProgramsTest, AreJudgedByTheMountsOfTheHost) {
  const auto mounted = [](std::vector<std::string> options) {
    return std::vector<Mount>{
        {.path = "/", .root = "/", .type = "ext4", .source = {}, .options = std::move(options)}};
  };
  world_.with(MountsKey{1}, mounted({"noexec", "rw"}));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  Node file = a_regular_file();
  file.no_exec = true;  // as checklistd's own mounts are
  world_.with(NodeKey{program}, file).with(MountsKey{1}, mounted({"rw"}));
  EXPECT_EQ(verdict(), "");
}

// Debian's redis-server is a link, which its unit names in both places.
TEST_F(StartProgramsTest, MayBeALinkThatExecPathsNames) {
  world_.with(NodeKey{program}, a_link("/srv/x")).with(NodeKey{"/srv/x"}, a_regular_file());
  is_elf("/srv/x");
  world_.property("NoExecPaths", texts({"/"})).property("ExecPaths", texts({"/lib64"}));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  world_.property("ExecPaths", texts({"/lib64", program}));
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartProgramsTest, HaveTheirInterpreter) {
  world_.with(ProgramKey{program}, a_script("/srv/sh"));
  is_elf("/srv/sh");
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{"/srv/sh"}, a_regular_file(0600));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  world_.with(NodeKey{"/srv/sh"}, Node{});
  EXPECT_EQ(verdict(), "fail interpreter_missing");
  EXPECT_EQ(findings()[0].observed,
            "its interpreter: /srv/sh is missing: no such file or directory");
}

TEST_F(StartProgramsTest, HaveTheirDynamicLinker) {
  world_.with(NodeKey{"/lib64/ld.so"}, Node{});
  EXPECT_EQ(verdict(), "fail interpreter_missing");
  EXPECT_EQ(findings()[0].hint, "install the C library that has /lib64/ld.so");
}

TEST_F(StartProgramsTest, MayBeScriptsOfScriptsToADepth) {
  for (int i = 0; i < 6; ++i) {
    const std::string path = "/srv/s" + std::to_string(i);
    world_.with(NodeKey{path}, a_regular_file())
        .with(ProgramKey{path},
              i == 0 ? a_script("/srv/sh") : a_script("/srv/s" + std::to_string(i - 1)));
  }
  is_elf("/srv/sh");
  starts("/srv/s4");
  EXPECT_EQ(verdict(), "");
  starts("/srv/s5");
  EXPECT_EQ(verdict(), "fail interpreter_missing");
}

TEST_F(StartProgramsTest, AsScriptsAreReadByTheUser) {
  world_.with(ProgramKey{program}, a_script("/srv/sh"))
      .with(NodeKey{program}, a_regular_file(0711));
  is_elf("/srv/sh");
  EXPECT_EQ(verdict(), "fail program_not_executable");
}

TEST_F(StartProgramsTest, FindWhatEnvSearches) {
  world_.with(ProgramKey{program}, a_script("/usr/bin/env python3"));
  is_elf("/usr/bin/env");
  for (const char* directory : {"/usr/local", "/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
                                "/usr/bin/python3", "/sbin", "/bin"}) {
    world_.with(NodeKey{directory}, Node{});
  }
  EXPECT_EQ(verdict(), "fail interpreter_missing");
  world_.property("EnvironmentFiles", Value{Values{Value{Values{Value{std::string("/e")}}}}});
  EXPECT_EQ(verdict(), "unknown environment");
  world_.property("Environment", texts({"PATH=/none:/srv"})).with(NodeKey{"/none"}, Node{});
  is_elf("/srv/python3");
  EXPECT_EQ(verdict(), "");
}

TEST_F(StartProgramsTest, AreSearchedForByEnvAsTheirUser) {
  world_.with(ProgramKey{program}, a_script("/usr/bin/env python3"))
      .property("Environment", texts({"PATH=/srv:/usr/bin"}))
      .with(NodeKey{"/usr/bin/python3"}, Node{});
  is_elf("/usr/bin/env");
  is_elf("/srv/python3");
  world_.with(NodeKey{"/srv/python3"}, a_regular_file(0700));
  EXPECT_EQ(verdict(), "fail program_not_executable");
  EXPECT_EQ(findings()[0].observed,
            "its interpreter: /srv/python3 is not executable by user llama: its mode is 0700");
  is_elf("/usr/bin/python3");
  EXPECT_EQ(verdict(), "") << "the next in PATH";
  world_.with(NodeKey{"/usr/bin/python3"}, Node{}).with(NodeKey{"/srv/python3"}, a_regular_file());
  world_.with(ProgramKey{"/srv/python3"}, a_script("/srv/gone")).with(NodeKey{"/srv/gone"}, Node{});
  EXPECT_EQ(verdict(), "fail interpreter_missing");
  world_.with(ProgramKey{"/srv/python3"}, Program{});
  EXPECT_EQ(verdict(), "") << "a shell interprets it";
}

TEST_F(StartProgramsTest, KeepTheCapabilitiesOfTheirFile) {
  Node file = a_regular_file();
  file.capabilities = FileCapabilities{.permitted = 1, .effective = true};
  world_.with(NodeKey{program}, file)
      .property("CapabilityBoundingSet", Value{std::uint64_t{0}})
      .property("NoNewPrivileges", Value{false})
      .with(MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "/dev/vda1", {"rw"}}});
  EXPECT_EQ(verdict(), "fail program_not_executable");
}

TEST_F(StartProgramsTest, AreQuotedInHints) {
  starts("/srv/my program");
  is_elf("/srv/my program");
  world_.with(NodeKey{"/srv/my program"}, a_regular_file(0700));
  EXPECT_EQ(findings()[0].hint, "run `chmod o+x '/srv/my program'`");
}

TEST_F(StartProgramsTest, FindTheirLibraries) {
  is_elf(program, {"libgone.so.1"});
  EXPECT_EQ(verdict(), "fail library_missing");
  world_.property("Environment", texts({"LD_LIBRARY_PATH=/opt"}));
  EXPECT_EQ(verdict(), "unknown environment");
}

TEST_F(StartProgramsTest, AreOfAKnownFormat) {
  world_.with(ProgramKey{program}, Program{});
  EXPECT_EQ(verdict(), "fail program_not_executable");
  world_.with(ProgramKey{program}, Unseen{"permission", "cannot read", "let it"});
  EXPECT_EQ(verdict(), "unknown permission");
  world_.with(ProgramKey{program}, Unseen{"gone", "no such file", ""});
  EXPECT_EQ(verdict(), "") << "the node tells";
}

TEST_F(StartProgramsTest, OfABareNameAreSearchedFor) {
  starts("x");
  for (const char* directory : {"/usr/local", "/usr/sbin", "/sbin", "/bin"}) {
    world_.with(NodeKey{directory}, a_directory());
  }
  for (const char* none :
       {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin/x", "/sbin/x", "/bin/x"}) {
    world_.with(NodeKey{none}, Node{});
  }
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{program}, Node{});
  EXPECT_EQ(verdict(), "fail program_missing");
}

TEST_F(StartProgramsTest, InAnImageAreUnknown) {
  world_.text("RootImage", "/x.raw");
  EXPECT_EQ(verdict(), "unknown image");
}

TEST_F(StartProgramsTest, AreNamedWithoutTheirArguments) {
  world_.with(NodeKey{program}, Node{});
  const Finding finding = findings().at(0);
  EXPECT_EQ((finding.observed + finding.hint + finding.subject).find("secret"), std::string::npos);
}
}  // namespace
}  // namespace checklist::checks
