// SPDX-License-Identifier: MIT
#include "observe/proc/freezer_watch.hpp"

#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr auto cgroup = "/system.slice/x.service";

// A regular file is modified by a write, as cgroup.events is by the kernel.
class FreezerWatchTest : public ::testing::Test {
 protected:
  FreezerWatchTest() { make_cgroup(); }

  void make_cgroup() {
    std::filesystem::create_directories(folder());
    write("frozen 0");
  }

  void write(const std::string& text) { std::ofstream(folder() + "/cgroup.events") << text; }

  bool is_told(std::size_t times) {
    return loop_.run_until([&] { return told_.size() >= times; }, 5s);
  }

  std::string folder() { return root_.path().string() + cgroup; }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  std::vector<std::string> told_;
  FreezerWatch watch_{loop_, root_.path(),
                      [this](const std::string& unit) { told_.push_back(unit); }};
};

TEST_F(FreezerWatchTest, TellsWhenTheCgroupsEventsChange) {
  watch_.place("x.service", cgroup);
  EXPECT_EQ(told_, std::vector<std::string>{"x.service"});  // it may be frozen already
  write("frozen 1");
  EXPECT_TRUE(is_told(2));
}

TEST_F(FreezerWatchTest, IsSilentWhereItWatchesAlready) {
  watch_.place("x.service", cgroup);
  watch_.place("x.service", cgroup);
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(FreezerWatchTest, FollowsACgroupThatIsMadeAnewUnderItsName) {
  watch_.place("x.service", cgroup);
  std::filesystem::rename(folder(), folder() + ".former");  // keeps its inode from being reused
  make_cgroup();
  watch_.place("x.service", cgroup);
  ASSERT_EQ(told_.size(), 2U);
  write("frozen 1");
  EXPECT_TRUE(is_told(3));
}

TEST_F(FreezerWatchTest, LetsGoOfAUnitWithoutProcesses) {
  watch_.place("x.service", cgroup);
  watch_.place("x.service", "");
  write("frozen 1");
  EXPECT_FALSE(loop_.run_until([&] { return told_.size() > 1; }, 50ms));
}
}  // namespace
}  // namespace checklist::observe
