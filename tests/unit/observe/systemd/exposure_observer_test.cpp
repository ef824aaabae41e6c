// SPDX-License-Identifier: MIT
#include "observe/systemd/exposure_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

// Beside a script that stands where systemd-analyze does; it notes whom it was asked about.
class ExposureObserverTest : public ::testing::Test {
 protected:
  void program(const std::string& body) {
    const std::string path = root_.path() / "systemd-analyze";
    std::ofstream(path) << "#!/bin/sh\necho \"$*\" >> " << asked() << "\n" << body << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  std::string asked() { return root_.path() / "asked"; }

  std::size_t times_asked() {
    std::ifstream file(asked());
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) {
      EXPECT_EQ(line.rfind("--no-pager security -- ", 0), 0U) << line;
      ++count;
    }
    return count;
  }

  const Observed<double>& told(const std::string& unit) { return told_[{unit}]; }

  bool are_told(std::size_t count) {
    return loop_.run_until(
        [&] {
          return told_.size() == count && std::ranges::none_of(told_, [](const auto& each) {
                   return each.second.pending();
                 });
        },
        10s);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  std::map<ExposureKey, Observed<double>> told_;
  ExposureObserver observer_{
      loop_,
      bus::Scope::system,
      [this](const ExposureKey& key, Observed<double> fact) { told_[key] = std::move(fact); },
      {.analyze = {.program = root_.path() / "systemd-analyze", .at_most = 500ms},
       .pause = 1ms,
       .interval = 1ms}};
};

constexpr auto rated = "echo \"→ Overall exposure level for $4: 2.5 OK\"";

TEST_F(ExposureObserverTest, TellsWhatIsPrinted) {
  program(rated);
  observer_.follow({{"x.service"}, {"y.service"}});
  ASSERT_TRUE(are_told(2));
  EXPECT_EQ(*told("x.service"), 2.5);
  EXPECT_EQ(*told("y.service"), 2.5);
  EXPECT_EQ(times_asked(), 2U);
}

TEST_F(ExposureObserverTest, LooksAgainAfterAReloadAndNotBefore) {
  program(rated);
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  observer_.look_again();
  EXPECT_FALSE(loop_.run_until([this] { return times_asked() > 1; }, 100ms));
  observer_.resync();
  EXPECT_TRUE(loop_.run_until([this] { return times_asked() == 2; }, 10s));
}

TEST_F(ExposureObserverTest, LooksAgainAfterANewInvocation) {
  program(rated);
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  const Dict invocation{{"InvocationID", Value{std::string("a")}}};
  observer_.unit_changed("x.service", "", invocation, {});
  EXPECT_TRUE(loop_.run_until([this] { return times_asked() == 2; }, 10s));
  observer_.unit_changed("x.service", "", invocation, {});
  EXPECT_FALSE(loop_.run_until([this] { return times_asked() > 2; }, 100ms));
}

TEST_F(ExposureObserverTest, TellsWhyNothingIsKnownAndTriesAgain) {
  program("echo 'Failed to connect to bus'; exit 1");
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  EXPECT_EQ(told("x.service").unseen().reason, "unsupported");
  EXPECT_NE(told("x.service").unseen().why.find("Failed to connect to bus"), std::string::npos);
  program(rated);
  observer_.look_again();
  EXPECT_TRUE(loop_.run_until([this] { return bool(told("x.service")); }, 10s));
}

TEST_F(ExposureObserverTest, WhatWasSeenStandsUntilASecondLookFails) {
  program(rated);
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  program("exit 1");
  observer_.resync();
  ASSERT_TRUE(loop_.run_until([this] { return times_asked() == 2; }, 10s));
  EXPECT_EQ(*told("x.service"), 2.5);
  EXPECT_TRUE(loop_.run_until([this] { return !told("x.service"); }, 10s));
  EXPECT_EQ(times_asked(), 3U);
}

TEST_F(ExposureObserverTest, EndsWhatHangs) {
  program("exec sleep 600");
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  EXPECT_EQ(told("x.service").unseen().reason, "bus");
}

TEST_F(ExposureObserverTest, JudgesServicesOnly) {
  observer_.follow({{"x.timer"}});
  EXPECT_EQ(told("x.timer").unseen().reason, "unsupported");
}

TEST_F(ExposureObserverTest, TellsThatThereIsNoSuchProgram) {
  observer_.follow({{"x.service"}});
  ASSERT_TRUE(are_told(1));
  EXPECT_EQ(told("x.service").unseen().reason, "unsupported");
}

TEST(SyscallGroupsObserver, ReadsTheGroupsOfThisSystemd) {
  event::Loop loop;
  Observed<SyscallGroupsKey::Fact> told;
  SyscallGroupsObserver observer(
      loop, [&told](const SyscallGroupsKey&, auto fact) { told = std::move(fact); });
  observer.follow({{}});
  ASSERT_TRUE(loop.run_until([&told] { return !told.pending(); }, 20s));
  if (!told) {
    GTEST_SKIP() << told.unseen().why;  // no systemd-analyze here
  }
  EXPECT_TRUE(told->at("@clock").contains("settimeofday"));
  EXPECT_TRUE(told->at("@system-service").contains("read"));
}
}  // namespace
}  // namespace checklist::observe
