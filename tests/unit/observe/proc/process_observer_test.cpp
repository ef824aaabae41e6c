// SPDX-License-Identifier: MIT
#include "observe/proc/process_observer.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

const auto us = static_cast<std::uint32_t>(::getpid());

TEST(ReadProcess, SeesThisOneAsTheKernelDoes) {
  const auto process = read_process("/proc/" + std::to_string(us));
  ASSERT_TRUE(process);
  EXPECT_EQ(process->uid, ::geteuid());
  EXPECT_EQ(process->nice, ::getpriority(PRIO_PROCESS, 0));
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  EXPECT_EQ(process->limits.at("LimitNOFILE"),
            (Limit{.soft = files.rlim_cur, .hard = files.rlim_max}));
  const mode_t mask = ::umask(0);
  ::umask(mask);
  EXPECT_EQ(process->umask, mask);
  const auto age = std::chrono::steady_clock::now() - process->started;
  EXPECT_GT(age, -1s);
  EXPECT_LT(age, 10min);
}

TEST(TimeSuspended, IsRightThoughOtherProcessesRunBetweenTheLooksAtTheClocks) {
  std::chrono::nanoseconds now = 100s;
  int looks = 0;
  const auto suspended = time_suspended([&](clockid_t clock) {
    now += ++looks < 12 ? 300ms : std::chrono::nanoseconds(100ns);
    return clock == CLOCK_BOOTTIME ? now + 5s : now;
  });
  EXPECT_NEAR(static_cast<double>(suspended.count()), 5'000'000, 1000);
}

TEST(ReadProcess, TellsThatItIsGone) {
  EXPECT_EQ(read_process("/proc/4194305").unseen().reason, "gone");
  EXPECT_EQ(read_mounts("/proc/4194305").unseen().reason, "gone");
}

// Between its end and the moment at which its parent takes note of it.
TEST(ReadMounts, OfAProcessThatHasEndedAreGone) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(0);
  }
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  const std::string directory = "/proc/" + std::to_string(child);
  EXPECT_TRUE(read_process(directory));
  EXPECT_EQ(read_mounts(directory).unseen().reason, "gone");
  ::waitpid(child, nullptr, 0);
}

// In a child, so that no other test has fewer descriptors.
TEST(ReadDescriptors, TellsHowMuchOfTheSoftLimitIsUsed) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit few{.rlim_cur = 20, .rlim_max = 20};
    (void)::setrlimit(RLIMIT_NOFILE, &few);
    (void)::close_range(0, ~0U, 0);
    while (::open("/", O_PATH) != 18) {
    }
    ::pause();
    ::_exit(0);
  }
  const std::string directory = "/proc/" + std::to_string(child);
  Observed<std::uint64_t> tenths;
  for (int i = 0; i < 500 && !(tenths && *tenths == 9); ++i) {
    tenths = read_descriptors(directory);
    ::usleep(10'000);
  }
  ASSERT_TRUE(tenths) << "needs Linux 6.2";
  EXPECT_EQ(*tenths, 9U);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(ReadDescriptors, TellsThatTheProcessIsGone) {
  EXPECT_EQ(read_descriptors("/proc/4194305").unseen().reason, "gone");
}

TEST(ReadProcess, TellsThatOthersAreHidden) {
  const testing::TemporaryDirectory root;  // without process 1, as under ProtectProc=invisible
  EXPECT_EQ(read_process(root.path().string() + "/7").unseen().reason, "own_sandbox");
  std::filesystem::create_directories(root.path() / "self");
  std::ofstream(root.path() / "self/mountinfo")
      << "1 0 0:1 / " << root.path().string() << " rw,relatime - proc proc rw,hidepid=invisible\n";
  const Unseen hidden = read_process(root.path().string() + "/7").unseen();
  EXPECT_EQ(hidden.reason, "own_sandbox");
  EXPECT_EQ(hidden.why, root.path().string() +
                            " hides processes of other users (mount option hidepid=invisible)");
  EXPECT_NE(hidden.remedy.find("remount,hidepid=off"), std::string::npos);
}

TEST(ReadMounts, SeeThatSomethingIsTheRoot) {
  const auto mounts = read_mounts("/proc/" + std::to_string(us));
  ASSERT_TRUE(mounts);
  EXPECT_TRUE(std::ranges::any_of(*mounts, [](const Mount& mount) { return mount.path == "/"; }));
}

// A tree in which process 7 is a copy of this one, under another name.
class ProcessObserverTest : public ::testing::Test {
 protected:
  ProcessObserverTest() {
    std::filesystem::create_directory(proc_.path() / "7");
    for (const char* name : {"stat", "status", "limits", "oom_score_adj"}) {
      copy(name);
    }
    std::filesystem::create_directory(proc_.path() / "1");
    std::ofstream(proc_.path() / "1" / "stat") << "1 (init)";
  }

  void copy(const char* name) {
    std::ifstream from("/proc/self/" + std::string(name));
    std::ofstream(proc_.path() / "7" / name) << from.rdbuf();
  }

  void call_it(const std::string& name) {
    std::ifstream from("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(from)), {});
    text.replace(text.find('('), text.rfind(')') - text.find('(') + 1, "(" + name + ")");
    std::ofstream(proc_.path() / "7" / "stat") << text;
  }

  bool is_told() {
    return loop_.run_until([this] { return !told_.pending(); }, 10s);
  }

  testing::TemporaryDirectory proc_;
  event::Loop loop_;
  Observed<Process> told_;
  ProcessObserver observer_{loop_, read_process,
                            [this](const ProcessKey&, Observed<Process> fact) { told_ = fact; },
                            proc_.path()};
};

TEST_F(ProcessObserverTest, TellsOfWhatItFollows) {
  observer_.follow({{7}});
  ASSERT_TRUE(is_told());
  EXPECT_TRUE(told_);
}

TEST_F(ProcessObserverTest, WaitsForSystemdToPrepareTheProgram) {
  call_it("(sleep)");
  observer_.follow({{7}});
  EXPECT_FALSE(loop_.run_until([this] { return !told_.pending(); }, 200ms));
  call_it("sleep");
  ASSERT_TRUE(is_told());
  EXPECT_TRUE(told_);
}

TEST_F(ProcessObserverTest, WaitsNotForEverForAProgramOfSuchAName) {
  call_it("(odd)");
  observer_.follow({{7}});
  ASSERT_TRUE(is_told());
  EXPECT_TRUE(told_);
}

TEST_F(ProcessObserverTest, DoesNotWaitForProcess1WhichIsNamedSystemdForGood) {
  call_it("systemd");
  std::filesystem::remove_all(proc_.path() / "1");
  std::filesystem::rename(proc_.path() / "7", proc_.path() / "1");
  observer_.follow({{1}});
  EXPECT_TRUE(loop_.run_until([this] { return !told_.pending(); }, 1s));
}

TEST_F(ProcessObserverTest, LooksAgainWhenAsked) {
  observer_.follow({{7}});
  ASSERT_TRUE(is_told());
  std::filesystem::remove_all(proc_.path() / "7");
  observer_.look_again();
  ASSERT_TRUE(loop_.run_until([this] { return !told_; }, 5s));
  EXPECT_EQ(told_.unseen().reason, "gone");
}
}  // namespace
}  // namespace checklist::observe
