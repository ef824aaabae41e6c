// SPDX-License-Identifier: MIT
#include "config_test/tests.hpp"

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

class TestsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "programs of root's need root";
    }
    fs::permissions(directory_.path(), fs::perms(0755));
    host_.run = directory_.path();
    host_.account = "nobody";
  }

  std::string program(const std::string& name) {
    const std::string path = directory_.path() / name;
    std::ofstream(path) << "#!/bin/sh\nexit 3\n";
    fs::permissions(path, fs::perms(0755));
    return path;
  }

  ConfigTest result(const std::string& path) {
    return run_tests({{"x.service", {{path}}}}, host_).units.at("x.service");
  }

  testing::TemporaryDirectory directory_;
  Host host_;
};

TEST_F(TestsTest, AreRunAndTheirResultsKeptByUnit) {
  const auto before = std::chrono::steady_clock::now();
  const auto results =
      run_tests({{"x.service", {{program("x")}}}, {"y.service", {{"/bin/true"}}}}, host_);
  EXPECT_GE(results.made, std::chrono::time_point_cast<Duration>(before));
  EXPECT_EQ(results.units.at("x.service").status, 3);
  EXPECT_EQ(results.units.at("y.service").status, 0);
}

TEST_F(TestsTest, AreNotRunWithAProgramThatOthersCanWrite) {
  const std::string path = program("x");
  fs::permissions(path, fs::perms(0777));
  EXPECT_EQ(result(path).end, End::not_run);
  EXPECT_EQ(result(path).problem, "users other than root can write or replace " + path);
  fs::permissions(path, fs::perms(0755));
  EXPECT_EQ(result(path).end, End::exited);
  fs::permissions(directory_.path(), fs::perms(0777));
  EXPECT_EQ(result(path).end, End::not_run) << "its directory";
}

TEST_F(TestsTest, AreNotRunWithoutTheProgramOrTheAccount) {
  EXPECT_EQ(result("/none").problem, "/none does not exist");
  host_.account = "no-such-account";
  EXPECT_EQ(result("/bin/true").problem, "user no-such-account does not exist");
}

TEST_F(TestsTest, ThatCannotBeginInTimeAreLeftOut) {
  host_.time = -1s;
  EXPECT_EQ(result("/bin/true").problem, "the tests before it took too long");
}
}  // namespace
}  // namespace checklist::config_test
