// SPDX-License-Identifier: MIT
#include "config_test/run.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::config_test {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using End = ConfigTest::End;

class RunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "becoming another user needs root";
    }
    fs::permissions(directory_.path(), fs::perms(0777));
  }

  ConfigTest shell(const std::string& script, const Limits& limits = {}) {
    return run({"/bin/sh", "-c", script}, identity_, limits);
  }

  [[nodiscard]] std::string at(const std::string& name) const { return directory_.path() / name; }

  testing::TemporaryDirectory directory_;
  Identity identity_{.uid = 65534, .gid = 65534, .groups = {4}, .reads_all = false};
};

TEST_F(RunTest, SaysHowTheCommandEnded) {
  EXPECT_EQ(shell("exit 0").end, End::exited);
  EXPECT_EQ(shell("exit 7").status, 7);
  const auto killed = shell("kill -SEGV $$");
  EXPECT_EQ(killed.end, End::killed);
  EXPECT_EQ(killed.status, SIGSEGV);
}

TEST_F(RunTest, KeepsTheOutputOfAFailureOnly) {
  EXPECT_TRUE(shell("echo fine").output.empty());
  EXPECT_EQ(shell("echo one; echo two >&2; exit 1").output,
            (std::vector<std::string>{"one", "two"}));
}

TEST_F(RunTest, BecomesTheUserWithoutPrivileges) {
  EXPECT_EQ(shell("id -u; id -g; id -G; exit 1").output,
            (std::vector<std::string>{"65534", "65534", "65534 4"}));
  std::ofstream(at("secret")) << "text\n";
  fs::permissions(at("secret"), fs::perms(0600));
  EXPECT_NE(shell("cat " + at("secret")).status, 0);
  identity_.reads_all = true;
  EXPECT_EQ(shell("cat " + at("secret")).status, 0);
  EXPECT_NE(shell("echo more >> " + at("secret")).status, 0) << "it reads only";
}

TEST_F(RunTest, GivesNothingToReadAndAnEnvironmentOfItsOwn) {
  ::setenv("CHECKLIST_SECRET", "hunter2", 1);
  EXPECT_EQ(shell("env | cut -d= -f1 | grep -v -e PWD -e SHLVL -e _ | sort; exit 1").output,
            (std::vector<std::string>{"HOME", "PATH"}));
  EXPECT_EQ(shell("read line || exit 3").status, 3);
  EXPECT_EQ(shell("ls /proc/self/fd | wc -l; exit 1").output, std::vector<std::string>{"4"})
      << "three streams, and that of ls itself";
}

TEST_F(RunTest, EndsWhatTakesTooLong) {
  const auto began = std::chrono::steady_clock::now();
  const auto hung = shell("echo begun; exec sleep 600", {.time = 300ms});
  EXPECT_EQ(hung.end, End::timed_out);
  EXPECT_EQ(hung.output, std::vector<std::string>{"begun"});
  EXPECT_LT(std::chrono::steady_clock::now() - began, 60s);
}

TEST_F(RunTest, BoundsAFloodOfOutput) {
  const auto flood = shell("yes secret | head -c 49000000; echo end; exit 1", {.time = 60s});
  EXPECT_EQ(flood.status, 1);
  ASSERT_LE(flood.output.size(), 20U);
  EXPECT_EQ(flood.output.back(), "end");
  EXPECT_EQ(shell("exec yes", {.time = 300ms}).end, End::timed_out);
}

TEST_F(RunTest, KillsWhatIsLeftAlsoInSessionsOfTheirOwn) {
  const std::string leave = "echo $$ > " + at("$1") + "; exec sleep 600";
  std::ofstream(at("leave")) << leave << "\n";
  const std::string start = "sh " + at("leave");
  const auto left = shell(start + " one & setsid " + start + " two & (setsid " + start +
                          " three &) ; until [ -s " + at("one") + " -a -s " + at("two") +
                          " -a -s " + at("three") + " ]; do :; done; exit 1");
  EXPECT_EQ(left.status, 1);
  for (const char* name : {"one", "two", "three"}) {
    pid_t pid = 0;
    std::ifstream(at(name)) >> pid;
    EXPECT_GT(pid, 0);
    EXPECT_EQ(::kill(pid, 0), -1) << name;
  }
}

TEST_F(RunTest, SaysWhyItCouldNotBeRun) {
  std::ofstream(at("file")) << "text";
  const auto failed = run({at("file")}, identity_);
  EXPECT_EQ(failed.end, End::not_run);
  EXPECT_EQ(failed.problem, "cannot execute it: Permission denied");
}
}  // namespace
}  // namespace checklist::config_test
