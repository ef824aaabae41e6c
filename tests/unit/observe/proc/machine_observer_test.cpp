// SPDX-License-Identifier: MIT
#include "observe/proc/machine_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
class MachineObserverTest : public ::testing::Test {
 protected:
  MachineObserverTest() {
    write("proc/sys/kernel/pid_max", "4194304\n");
    write("proc/sys/kernel/threads-max", "127000\n");
  }

  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_.path() / path).parent_path());
    std::ofstream(root_.path() / path) << text;
  }

  Observed<Machine> machine() {
    Observed<Machine> out;
    MachineObserver observer([&out](auto, auto fact) { out = std::move(fact); },
                             root_.path() / "cgroup", root_.path() / "proc", root_.path() / "sys");
    observer.follow({MachineKey{}});
    return out;
  }

  testing::TemporaryDirectory root_;
};

TEST_F(MachineObserverTest, TakesTheSmallestLimitOfTasks) {
  EXPECT_EQ(machine()->tasks, 127'000U);
  write("proc/sys/kernel/pid_max", "32768\n");
  EXPECT_EQ(machine()->tasks, 32'768U);
  write("cgroup/pids.max", "500\n");
  EXPECT_EQ(machine()->tasks, 500U);
  write("cgroup/pids.max", "max\n");
  EXPECT_EQ(machine()->tasks, 32'768U);
}

TEST_F(MachineObserverTest, TakesTheMemoryThatTheRootCgroupAllows) {
  const auto all = machine()->memory;
  EXPECT_GT(all, 1U << 20U);
  write("cgroup/memory.max", "max\n");
  EXPECT_EQ(machine()->memory, all);
  write("cgroup/memory.max", "1048576\n");
  EXPECT_EQ(machine()->memory, 1U << 20U);
}

TEST_F(MachineObserverTest, ListsProcessorsAndNodes) {
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(machine()->cpus, Numbers{});
  write("sys/devices/system/cpu/online", "0-2,8\n");
  write("sys/devices/system/node/has_memory", "0\n");
  EXPECT_EQ(machine()->cpus, (Numbers{0, 1, 2, 8}));
  EXPECT_EQ(machine()->nodes, Numbers{0});
}

TEST_F(MachineObserverTest, IsUnseenWithoutTheKernelsSettings) {
  std::filesystem::remove_all(root_.path() / "proc");
  EXPECT_EQ(machine().unseen().reason, "own_sandbox");
}
}  // namespace
}  // namespace checklist::observe
