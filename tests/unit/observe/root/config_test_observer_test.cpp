// SPDX-License-Identifier: MIT
#include "observe/root/config_test_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

const std::vector<std::string> command{"/usr/sbin/xd", "-t"};

class ConfigTestObserverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "a file of root's needs root";
    }
  }

  void write(TimePoint made, int status = 0) {
    const parse::ConfigTests tests{
        .made = made, .units = {{"x.service", {.command = command, .status = status}}}};
    std::ofstream(path_ + ".new") << parse::print_config_tests(tests);
    fs::permissions(path_ + ".new", fs::perms(0640));
    fs::rename(path_ + ".new", path_);
  }

  bool is_asked(Duration within = 5s) {
    return loop_.run_until([this] { return fs::exists(directory_.path() / "test"); }, within);
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "results.json";
  event::Loop loop_;
  Observed<ConfigTest> told_;
  ConfigTestObserver observer_{
      loop_, [this](const ConfigTestKey&, Observed<ConfigTest> fact) { told_ = std::move(fact); },
      path_, directory_.path() / "test"};
};

TEST_F(ConfigTestObserverTest, PutsTheLastResult) {
  write(loop_.now(), 7);
  observer_.follow({{"x.service", command, {}}});
  ASSERT_TRUE(told_);
  EXPECT_EQ(told_->status, 7);
  observer_.follow({{"x.service", {}, {}}});
  EXPECT_TRUE(told_) << "of whatever command";
}

TEST_F(ConfigTestObserverTest, PutsTheOldResultAndAsksForANewOne) {
  write(loop_.now());
  const TimePoint since = loop_.now() + 1ms;
  observer_.follow({{"x.service", command, since}});
  EXPECT_TRUE(told_);
  ASSERT_TRUE(is_asked());
  write(since + 1ms, 1);
  EXPECT_TRUE(loop_.run_until([this] { return told_ && told_->status == 1; }, 5s));
}

TEST_F(ConfigTestObserverTest, AwaitsAResultAndThenSaysWhatToEnable) {
  observer_.follow({{"x.service", command, {}}});
  EXPECT_TRUE(told_.pending());
  ASSERT_TRUE(is_asked());
  ASSERT_TRUE(loop_.run_until([this] { return !told_.pending(); }, 10s));
  EXPECT_EQ(told_.unseen().reason, "not_tested");
  EXPECT_NE(told_.unseen().remedy.find("checklistd-config-test.timer"), std::string::npos);
}

TEST_F(ConfigTestObserverTest, TakesNoResultOfAnotherCommandOrOfLongAgo) {
  write(loop_.now());
  observer_.follow({{"x.service", {"/other"}, {}}});
  EXPECT_TRUE(told_.pending());
  write(loop_.now() - 1h);
  observer_.follow({{"x.service", {}, {}}});
  EXPECT_TRUE(
      loop_.run_until([this] { return told_ && told_->end == ConfigTest::End::not_run; }, 5s));
}

TEST_F(ConfigTestObserverTest, AsksForNoTestOfAUnitThatNeedsNone) {
  observer_.follow({{"x.service", {}, {}}});
  ASSERT_TRUE(told_) << "no source is unreadable because no test is wanted";
  EXPECT_EQ(told_->end, ConfigTest::End::not_run);
  EXPECT_FALSE(is_asked(700ms));
}
}  // namespace
}  // namespace checklist::observe
