// SPDX-License-Identifier: MIT
#include "observe/proc/usage_sampler.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr auto unit = "x.service";
constexpr auto cgroup = "/system.slice/x.service";

class UsageSamplesTest : public ::testing::Test {
 protected:
  UsageSamplesTest() { std::filesystem::create_directories(root_.path().string() + cgroup); }

  void write(const std::string& file, const std::string& text) {
    std::ofstream(root_.path().string() + cgroup + "/" + file) << text;
  }

  // Waits until there is, or is not, a sample of the unit.
  bool is_sampled(bool expected) {
    return loop_.run_until([&] { return sampler_.usages().contains(unit) == expected; }, 5s);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  UsageSampler sampler_{loop_, root_.path()};
};

TEST_F(UsageSamplesTest, ReadsMemoryTasksAndProcessorTime) {
  write("memory.current", "4096\n");
  write("pids.current", "3\n");
  write("cpu.stat", "nr_periods 7\nusage_usec 1500\nuser_usec 1000\n");
  sampler_.place(unit, cgroup);
  ASSERT_TRUE(is_sampled(true));
  EXPECT_EQ(sampler_.usages().at(unit), (Usage{.memory_bytes = 4096, .tasks = 3, .cpu = 1500us}));
}

TEST_F(UsageSamplesTest, LeavesOutWhatHasNoController) {
  write("pids.current", "3\n");
  write("cpu.stat", "user_usec 1000\n");
  sampler_.place(unit, cgroup);
  ASSERT_TRUE(is_sampled(true));
  EXPECT_EQ(sampler_.usages().at(unit), (Usage{.memory_bytes = {}, .tasks = 3, .cpu = {}}));
}

TEST_F(UsageSamplesTest, DropsAUnitWithoutProcesses) {
  write("pids.current", "3\n");
  sampler_.place(unit, cgroup);
  ASSERT_TRUE(is_sampled(true));
  sampler_.place(unit, "");
  EXPECT_TRUE(sampler_.usages().empty());
}

TEST_F(UsageSamplesTest, DropsAUnitWhoseCgroupWasRemoved) {
  write("pids.current", "3\n");
  sampler_.place(unit, cgroup);
  ASSERT_TRUE(is_sampled(true));
  std::filesystem::remove_all(root_.path().string() + cgroup);
  sampler_.place(unit, cgroup);
  EXPECT_TRUE(is_sampled(false));
}
}  // namespace
}  // namespace checklist::observe
