// SPDX-License-Identifier: MIT
#include "observe/proc/held_files_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;
const std::string cgroup = "/system.slice/x.service";

class HeldFilesObserverTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory root_;
  event::Loop loop_;
  Observed<HeldFiles> told_;
  RootFacts root_facts_{loop_, [] {}, root_.path() / "facts.json", root_.path() / "look"};
  HeldFilesObserver observer_{
      loop_, [this](const HeldFilesKey&, Observed<HeldFiles> fact) { told_ = std::move(fact); },
      root_facts_, root_.path()};
};

TEST_F(HeldFilesObserverTest, LooksItselfWhereItMay) {
  fs::create_directories(root_.path().string() + cgroup);
  std::ofstream(root_.path().string() + cgroup + "/cgroup.procs") << ::getpid();
  observer_.follow({{cgroup}});
  ASSERT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
  EXPECT_TRUE(told_->replaced.empty());
}

TEST_F(HeldFilesObserverTest, HasNothingOfACgroupThatIsGone) {
  observer_.follow({{cgroup}});
  ASSERT_TRUE(loop_.run_until([this] { return !told_.pending(); }, 5s));
  EXPECT_EQ(told_.unseen().reason, "gone");
  fs::create_directories(root_.path().string() + cgroup);
  observer_.unit_turned("other.service");
  observer_.unit_turned("x.service");
  EXPECT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
}
}  // namespace
}  // namespace checklist::observe
