// SPDX-License-Identifier: MIT
#include "checks/probes/config_test.hpp"

#include <gtest/gtest.h>

#include "checks/definition/next_start.hpp"
#include "support/graph.hpp"
#include "support/start_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef unit_definition;

namespace {
using namespace std::chrono_literals;
using testing::a_file;
using testing::World;
using End = ConfigTest::End;

const std::string x = "x.service";
const std::vector<std::string> command{"/usr/sbin/xd", "-t"};

class ConfigTestCheck : public ::testing::Test {
 protected:
  Finding judge(const ConfigTest& test, TimePoint since = {}) {
    world_.with(ConfigTestKey{x, command, since}, test).with(ConfigTestKey{x, {}, {}}, test);
    return judge();
  }

  Finding judge() {
    View see = world_.view();
    return config_test({command}, files_, see);
  }

  static ConfigTest refused(const std::vector<std::string>& output) {
    return {.command = command, .end = End::exited, .status = 1, .output = output};
  }

  World world_ = testing::a_start_world()
                     .with(FileKey{"/usr/sbin/xd"}, a_file("regular"))
                     .with(WallClockKey{}, WallTime{})
                     .number("StateChangeTimestampMonotonic", 0);
  std::vector<semantics::PathPattern> files_;
};

TEST_F(ConfigTestCheck, PassesWhereTheProgramAcceptsTheConfiguration) {
  const Finding finding = judge({.command = command});
  EXPECT_EQ(finding.status, Status::pass);
  EXPECT_EQ(finding.observed, "xd -t accepts the configuration on disk");
}

TEST_F(ConfigTestCheck, FailsWithThePlaceAndKeepsTheMessageForReadersOfTheJournal) {
  const Finding finding = judge(refused({"reading", "/etc/x.conf:3: bad key hunter2", "failed"}));
  EXPECT_EQ(finding.status, Status::fail);
  EXPECT_EQ(finding.reason, "config_refused");
  EXPECT_EQ(finding.observed, "xd -t refuses the configuration: /etc/x.conf line 3");
  EXPECT_EQ(finding.details, "/etc/x.conf:3: bad key hunter2");
  EXPECT_TRUE(finding.quotes_log);
  EXPECT_EQ(finding.hint,
            "correct it until `/usr/sbin/xd -t` succeeds; do not reload or restart x.service "
            "before: its process still has the previous configuration");
}

TEST_F(ConfigTestCheck, TellsAServiceThatIsDownToStartIt) {
  world_.with(UnitKey{x}, testing::a_unit(x, ActiveState::failed, "failed"));
  EXPECT_EQ(judge(refused({})).hint,
            "correct it until `/usr/sbin/xd -t` succeeds, then start x.service");
}

TEST_F(ConfigTestCheck, IsUnknownWhereTheTestSaysNothingOfTheConfiguration) {
  const std::vector<std::pair<ConfigTest, std::string>> cases{
      {{.command = command, .end = End::not_run, .problem = "not root's"}, "test_not_run"},
      {{.command = command, .end = End::timed_out}, "test_timed_out"},
      {{.command = command, .end = End::killed, .status = 9}, "test_killed"},
      {refused({"host not found in upstream \"…\" in /etc/x.conf:3"}), "test_sandbox"},
      {refused({"bind() to 192.0.2.1:80 failed (99: Cannot assign requested address)"}),
       "test_sandbox"},
      {refused({"open(\"/run/other/key\"): No such file or directory"}), "test_sandbox"}};
  for (const auto& [test, reason] : cases) {
    const Finding finding = judge(test);
    EXPECT_EQ(finding.status, Status::unknown) << reason;
    EXPECT_EQ(finding.reason, reason);
    EXPECT_FALSE(finding.hint.empty());
  }
}

TEST_F(ConfigTestCheck, IsUnknownWithoutAResult) {
  EXPECT_EQ(judge().reason, "pending");
  world_.with(ConfigTestKey{x, command, {}}, Unseen{"not_tested", "has not run", "enable it"});
  EXPECT_EQ(judge().reason, "not_tested");
  EXPECT_EQ(judge().hint, "enable it");
}

TEST_F(ConfigTestCheck, IsUnknownWithoutTheProgram) {
  world_.with(FileKey{"/usr/sbin/xd"}, a_file("missing"));
  EXPECT_EQ(judge({.command = command}).reason, "test_missing");
}

TEST_F(ConfigTestCheck, IsNotForUsersServices) {
  world_.spec().user = "dev";
  EXPECT_EQ(judge({.command = command}).reason, "unsupported");
}

TEST_F(ConfigTestCheck, AsksForATestAfterTheLastChangeOfAFile) {
  files_ = {{"/etc/x.conf"}, {"/etc/x.d/*"}};
  FileStatus file = a_file("regular");
  file.modified = WallTime{20min};
  world_.with(FileKey{"/etc/x.conf"}, file);
  file.modified = WallTime{30min};
  world_.with(GlobKey{"/etc/x.d/*"}, std::vector<std::string>{"/etc/x.d/a"})
      .with(FileKey{"/etc/x.d/a"}, file);
  EXPECT_EQ(judge({.command = command}, TimePoint{30min}).status, Status::pass);
  file.modified = WallTime{30h};  // in the future: no test can be after it
  world_.with(FileKey{"/etc/x.d/a"}, file);
  EXPECT_EQ(judge({.command = command}, TimePoint{20min}).status, Status::pass);
}

TEST_F(ConfigTestCheck, AsksForATestAfterAStartThatLasts) {
  world_.number("StateChangeTimestampMonotonic", testing::usec(40min));
  EXPECT_EQ(judge({.command = command}, TimePoint{40min}).status, Status::pass);
  world_.at(40min + 1s);
  EXPECT_EQ(judge({.command = command}).status, Status::pass) << "it may be started again at once";
}

TEST_F(ConfigTestCheck, IsNamedBeforeARestart) {
  (void)judge(refused({"/etc/x.conf:3: bad"}));
  View see = world_.view();
  EXPECT_EQ(restart_advice(see),
            "the next start would fail (xd -t refuses the configuration: /etc/x.conf line 3): "
            "first correct the configuration, then run `systemctl restart x.service`");
}

TEST_F(ConfigTestCheck, IsNotNamedBeforeARestartIfItPassedOrWasNotRun) {
  for (const auto& test :
       {ConfigTest{.command = command}, ConfigTest{.command = command, .end = End::not_run}}) {
    (void)judge(test);
    View see = world_.view();
    EXPECT_EQ(restart_advice(see), "run `systemctl restart x.service`");
  }
}

TEST_F(ConfigTestCheck, NeedsATestForItsFiles) {
  const Findings findings =
      world_.evaluate(unit_definition, {{"config_files", testing::texts({"/etc/x"})}});
  EXPECT_EQ(findings.front().reason, "error");
}
}  // namespace
}  // namespace checklist::checks
