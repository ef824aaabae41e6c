// SPDX-License-Identifier: MIT
// Of those that look into cgroupfs: settings, what units use, what the machine has.
#include "observe/proc/cgroup_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "observe/proc/machine_observer.hpp"
#include "observe/proc/usage_sampler.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
const std::string cgroup = "/system.slice/x.service";

class CgroupTree : public ::testing::Test {
 protected:
  CgroupTree() { std::filesystem::create_directories(root() + cgroup); }

  std::string root() { return root_.path().string(); }

  void write(const std::string& file, const std::string& text) {
    std::ofstream(root() + file) << text << "\n";
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
};

class CgroupObserverTest : public CgroupTree {
 protected:
  Observed<CgroupKey::Fact> told_;
  CgroupObserver observer_{
      loop_, [this](const CgroupKey&, Observed<CgroupKey::Fact> fact) { told_ = std::move(fact); },
      root()};
};

TEST_F(CgroupObserverTest, HasAnEntryForEachFileThatIsThere) {
  write(cgroup + "/memory.max", "max");
  write(cgroup + "/cpu.max", "50000 100000");
  write(cgroup + "/memory.current", "4096");
  observer_.follow({{cgroup}});
  ASSERT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
  EXPECT_EQ(*told_, (CgroupKey::Fact{{"memory.max", "max"}, {"cpu.max", "50000 100000"}}));
}

TEST_F(CgroupObserverTest, CountsTheProcessesThatWereKilledForMemory) {
  write(cgroup + "/memory.events.local",
        "low 0\nhigh 12\nmax 3\noom 1\noom_kill 2\noom_group_kill 0");
  observer_.follow({{cgroup}});
  ASSERT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
  EXPECT_EQ(*told_, (CgroupKey::Fact{{"oom_kill", "2"}}));
}

TEST_F(CgroupObserverTest, LooksAgainWhenItsUnitTurned) {
  write(cgroup + "/memory.max", "max");
  observer_.follow({{cgroup}});
  ASSERT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
  write(cgroup + "/memory.max", "4096");
  observer_.unit_turned("other.service");
  observer_.unit_turned("x.service");
  EXPECT_TRUE(loop_.run_until([this] { return told_->at("memory.max") == "4096"; }, 5s));
}

TEST_F(CgroupObserverTest, TellsThatItIsGone) {
  observer_.follow({{"/system.slice/y.service"}});
  ASSERT_TRUE(loop_.run_until([this] { return !told_.pending(); }, 5s));
  EXPECT_EQ(told_.unseen().reason, "gone");
}

class UsageSamplerTest : public CgroupTree {
 protected:
  bool uses(const Usage& usage) {
    return loop_.run_until(
        [&] {
          return sampler_.usages().contains("x.service") &&
                 sampler_.usages().at("x.service") == usage;
        },
        5s);
  }

  UsageSampler sampler_{loop_, root()};
};

TEST_F(UsageSamplerTest, ReadsWhatTheControllersTell) {
  write(cgroup + "/memory.current", "7340032");
  write(cgroup + "/pids.current", "12");
  write(cgroup + "/cpu.stat", "usage_usec 2500000\nuser_usec 2000000");
  sampler_.place("x.service", cgroup);
  EXPECT_TRUE(uses({.memory_bytes = 7340032, .tasks = 12, .cpu = 2500ms}));
}

TEST_F(UsageSamplerTest, LeavesUnsetWhatNoControllerTells) {
  write(cgroup + "/cpu.stat", "usage_usec 7");
  sampler_.place("x.service", cgroup);
  EXPECT_TRUE(uses({.memory_bytes = std::nullopt, .tasks = std::nullopt, .cpu = 7us}));
}

TEST_F(UsageSamplerTest, ForgetsAUnitThatHasNoProcesses) {
  write(cgroup + "/cpu.stat", "usage_usec 7");
  sampler_.place("x.service", cgroup);
  ASSERT_TRUE(uses({.memory_bytes = std::nullopt, .tasks = std::nullopt, .cpu = 7us}));
  sampler_.place("x.service", "");
  EXPECT_TRUE(sampler_.usages().empty());
}

TEST_F(CgroupTree, TellsWhatTheMachineHas) {
  std::filesystem::create_directories(root() + "/sys/kernel");
  write("/sys/kernel/pid_max", "4194304");
  write("/sys/kernel/threads-max", "192731");
  Observed<Machine> told;
  MachineObserver observer([&told](const MachineKey&, Observed<Machine> fact) { told = fact; },
                           root(), root());
  observer.follow({{}});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->tasks, 192731U);
  EXPECT_EQ(told->memory, static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                              static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
  write("/memory.max", "1000000");
  write("/pids.max", "64");
  observer.look_again();
  EXPECT_EQ(told->tasks, 64U);
  EXPECT_EQ(told->memory, 1000000U / 4096 * 4096);
  std::filesystem::remove_all(root() + "/sys");
  observer.look_again();
  EXPECT_EQ(told.unseen().reason, "own_sandbox");
}
}  // namespace
}  // namespace checklist::observe
