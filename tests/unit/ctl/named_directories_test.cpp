// SPDX-License-Identifier: MIT
// Commands that are given a directory of specs refuse one that does not exist or holds none.
#include <filesystem>
#include <fstream>
#include <string>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include "ctl/command.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::ctl {
namespace {
class NamedDirectories : public ::testing::Test {
 protected:
  // Runs a command line after "checklistctl"; returns its exit code and keeps stderr in said_.
  Exit run(const std::string& arguments) {
    CLI::App app;
    Exit exit = Exit::pass;
    add_check(app, exit);
    add_gate(app, exit);
    add_verify_config(app, exit);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    app.parse(arguments);
    (void)::testing::internal::GetCapturedStdout();
    said_ = ::testing::internal::GetCapturedStderr();
    return exit;
  }

  const testing::TemporaryDirectory directory_;
  const std::filesystem::path root_ = directory_.path();
  const std::string empty_ = root_.string();
  const std::string typo_ = root_ / "servces.d";
  const std::string marker_ = root_ / "rolled_back";
  std::string said_;
};

TEST_F(NamedDirectories, VerifyConfigRefusesOneThatDoesNotExist) {
  EXPECT_EQ(run("verify-config " + typo_), Exit::usage);
  EXPECT_EQ(said_, typo_ + ": No such directory\n");
}

TEST_F(NamedDirectories, VerifyConfigRefusesOneWithoutSpecs) {
  EXPECT_EQ(run("verify-config " + empty_), Exit::usage);
  EXPECT_EQ(said_,
            "checklistctl: no specs found in " + empty_ + "; `checklistctl add UNIT` writes one\n");
  std::ofstream(root_ / "x.json") << R"({"unit": "x.service"})";
  EXPECT_EQ(run("verify-config " + empty_), Exit::pass);
}

TEST_F(NamedDirectories, CheckRefusesBoth) {
  EXPECT_EQ(run("check --services-dir " + typo_), Exit::usage);
  EXPECT_EQ(said_, typo_ + ": No such directory\n");
  EXPECT_EQ(run("check --services-dir " + empty_), Exit::usage);
  EXPECT_EQ(said_,
            "checklistctl: no specs found in " + empty_ + "; `checklistctl add UNIT` writes one\n");
}

TEST_F(NamedDirectories, AreFollowedByUnits) {
  std::ofstream(root_ / "x.json") << R"({"unit": "x.service"})";
  EXPECT_EQ(run("check --services-dir " + empty_ + " y"), Exit::usage);
  EXPECT_EQ(said_, "checklistctl: no spec for 'y.service': perhaps 'x.service'\n");
  EXPECT_EQ(run("verify-config --services-dir " + empty_), Exit::pass);
}

TEST_F(NamedDirectories, AGateWithATypoFailsAndRunsNoRollback) {
  const std::string rest = " --wait 0 --on-fail touch " + marker_;
  EXPECT_EQ(run("gate --services-dir " + typo_ + rest), Exit::usage);
  EXPECT_EQ(said_, typo_ + ": No such directory\n");
  EXPECT_EQ(run("gate --services-dir " + empty_ + rest), Exit::usage);
  EXPECT_FALSE(std::filesystem::exists(marker_));
}
}  // namespace
}  // namespace checklist::ctl
