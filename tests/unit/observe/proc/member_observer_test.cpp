// SPDX-License-Identifier: MIT
#include "observe/proc/member_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string cgroup = "/system.slice/x.service";

class MemberObserverTest : public ::testing::Test {
 protected:
  MemberObserverTest() {
    write("/cgroup.procs", "");
    process(1, 0);
  }

  std::string root() { return root_.path().string(); }

  void write(const std::string& file, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(root() + file).parent_path());
    std::ofstream(root() + file) << text;
  }

  // A process that was forked so many ticks after boot.
  void process(int pid, int ticks, const std::string& state = "S") {
    write("/proc/" + std::to_string(pid) + "/stat", std::to_string(pid) + " (a (b) c) " + state +
                                                        " 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " +
                                                        std::to_string(ticks) + " 0 0");
  }

  Observed<std::vector<Member>> members() { return read_members(root(), cgroup, root() + "/proc"); }

  std::vector<std::uint32_t> pids() {
    std::vector<std::uint32_t> out;
    const auto all = members();
    for (const Member& member : all ? *all : std::vector<Member>()) {
      out.push_back(member.pid);
    }
    return out;
  }

  testing::TemporaryDirectory root_;
};

TEST_F(MemberObserverTest, ReadsTheOldestFirst) {
  process(40, 700);
  process(41, 500);
  write(cgroup + "/cgroup.procs", "40\n41\n");
  EXPECT_THAT(pids(), ElementsAre(41U, 40U));
}

TEST_F(MemberObserverTest, ReadsCgroupsBelow) {
  process(40, 700);
  process(41, 500);
  write(cgroup + "/cgroup.procs", "40\n");
  write(cgroup + "/app/deep/cgroup.procs", "41\n");
  const auto all = members();
  ASSERT_TRUE(all);
  ASSERT_THAT(*all, SizeIs(2));
  EXPECT_EQ(all->at(0).cgroup, "/app/deep");
  EXPECT_EQ(all->at(1).cgroup, "");
}

TEST_F(MemberObserverTest, MarksZombies) {
  process(40, 700, "Z");
  write(cgroup + "/cgroup.procs", "40\n");
  EXPECT_TRUE(members()->at(0).is_zombie);
}

TEST_F(MemberObserverTest, LeavesOutProcessesThatHaveExitedOrAreElsewhere) {
  write(cgroup + "/cgroup.procs", "40\n0\nnonsense\n");
  const auto all = members();
  ASSERT_TRUE(all);
  EXPECT_THAT(*all, IsEmpty());
}

TEST_F(MemberObserverTest, IsUnseenIfProcessesAreHidden) {
  std::filesystem::remove_all(root() + "/proc/1");
  write(cgroup + "/cgroup.procs", "40\n");
  EXPECT_EQ(members().unseen().reason, "own_sandbox");
}

TEST_F(MemberObserverTest, IsGoneWithItsCgroup) {
  EXPECT_EQ(members().unseen().reason, "gone");
  std::filesystem::remove(root() + "/cgroup.procs");
  EXPECT_EQ(members().unseen().reason, "unsupported");
}

TEST_F(MemberObserverTest, ReturnsAtMost64) {
  std::string all;
  for (int pid = 100; pid < 1000; ++pid) {
    process(pid, pid);
    all += std::to_string(pid) + "\n";
  }
  write(cgroup + "/cgroup.procs", all);
  const auto found = pids();
  ASSERT_THAT(found, SizeIs(64));
  EXPECT_EQ(found.front(), 100U);
}

TEST_F(MemberObserverTest, LooksAgainWhenTheUnitTurns) {
  process(40, 700);
  process(41, 500);
  write(cgroup + "/cgroup.procs", "40\n");
  event::Loop loop;
  Observed<std::vector<Member>> seen;
  MemberObserver observer(
      loop, [&seen](const MembersKey&, Observed<std::vector<Member>> fact) { seen = fact; }, root(),
      root() + "/proc");
  observer.follow({{cgroup}});
  ASSERT_TRUE(loop.run_until([&seen] { return bool(seen); }, 5s));
  write(cgroup + "/cgroup.procs", "41\n");
  observer.unit_turned("other.service");
  observer.unit_turned("x.service");
  EXPECT_TRUE(loop.run_until([&seen] { return seen->at(0).pid == 41; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
