// SPDX-License-Identifier: MIT
#include "parse/process.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;

// Recorded of a service with User=nobody, Nice=5 and limits of its own (systemd 252, Linux 6.18).
constexpr auto stat =
    "59 (sleep (1) x) S 1 59 59 0 -1 4194560 349 0 0 0 2 0 0 0 25 5 1 0 1339352 2990080 412 "
    "18446744073709551615 94701003931648 94701003949577 140735745185664 0 0 0 0 4096 0 1 0 0 17\n";
constexpr auto status =
    "Name:\tsleep\nUmask:\t0027\nState:\tS (sleeping)\nUid:\t0\t65534\t65534\t65534\n"
    "Gid:\t0\t65534\t65534\t65534\nFDSize:\t64\nGroups:\t65534 27 \nCapInh:\t0000000000000400\n"
    "CapEff:\t0000000000000400\nCapBnd:\t0000000000000401\nCapAmb:\t0000000000000400\n"
    "NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t21\n";
constexpr auto limits =
    "Limit                     Soft Limit           Hard Limit           Units     \n"
    "Max cpu time              3600                 3600                 seconds   \n"
    "Max file size             unlimited            unlimited            bytes     \n"
    "Max data size             unlimited            unlimited            bytes     \n"
    "Max stack size            8388608              unlimited            bytes     \n"
    "Max core file size        0                    unlimited            bytes     \n"
    "Max resident set          unlimited            unlimited            bytes     \n"
    "Max processes             96365                96365                processes \n"
    "Max open files            1024                 20000                files     \n"
    "Max locked memory         8388608              8388608              bytes     \n"
    "Max address space         unlimited            unlimited            bytes     \n"
    "Max file locks            unlimited            unlimited            locks     \n"
    "Max pending signals       96365                96365                signals   \n"
    "Max msgqueue size         819200               819200               bytes     \n"
    "Max nice priority         0                    0                    \n"
    "Max realtime priority     0                    0                    \n"
    "Max realtime timeout      10000                10000                us        \n";

std::optional<Process> recorded(ProcessFiles files = {stat, status, limits, "100\n"}) {
  using namespace std::chrono_literals;
  return process(files, {.ticks_a_second = 100, .suspended = 1s});
}

TEST(ProcessFiles, TellWhetherItIsStopped) {
  EXPECT_FALSE(recorded()->is_stopped);
  std::string stopped(stat);
  stopped.replace(stopped.find(" S "), 3, " T ");
  EXPECT_TRUE(recorded({stopped, status, limits, "100\n"})->is_stopped);
}

TEST(ProcessFiles, TellWhenItWasForkedAndWhetherItIsAZombie) {
  using namespace std::chrono_literals;
  const Clock clock{.ticks_a_second = 100, .suspended = 1s};
  EXPECT_EQ(process_stat(stat, clock)->started, recorded()->started);
  EXPECT_FALSE(process_stat(stat, clock)->is_zombie);
  std::string zombie(stat);
  zombie.replace(zombie.find(" S "), 3, " Z ");
  EXPECT_TRUE(process_stat(zombie, clock)->is_zombie);
  EXPECT_FALSE(process_stat("59 (sleep) S 1 59", clock));
  std::string never(stat);
  never.replace(never.find("1339352"), 7, "94701003931648123");
  EXPECT_FALSE(process_stat(never, clock));
}

TEST(ProcessFiles, TellHowAProcessRuns) {
  const auto found = recorded();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->uid, 65534U);
  EXPECT_EQ(found->gid, 65534U);
  EXPECT_THAT(found->groups, ElementsAre(27U, 65534U));
  EXPECT_EQ(found->capabilities.at("CapBnd"), 0x401U);
  EXPECT_TRUE(found->no_new_privileges);
  EXPECT_EQ(found->seccomp, 2U);
  EXPECT_EQ(found->umask, 027U);
  EXPECT_EQ(found->nice, 5);
  EXPECT_EQ(found->oom_score_adjust, 100);
}

TEST(ProcessFiles, TellLimitsByTheirDirectives) {
  const auto found = recorded();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->limits.size(), 16U);
  EXPECT_EQ(found->limits.at("LimitNOFILE"), (Limit{.soft = 1024, .hard = 20000}));
  EXPECT_EQ(found->limits.at("LimitSTACK"), (Limit{.soft = 8388608, .hard = UINT64_MAX}));
  EXPECT_EQ(found->limits.at("LimitRTTIME"), (Limit{.soft = 10000, .hard = 10000}));
}

TEST(ProcessFiles, TellTheStartByTheClockThatStoodStillInSuspension) {
  const auto found = recorded();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->started, monotonic(13'393'520'000 - 1'000'000));
}

TEST(ProcessFiles, AreNoneWhereOneIsCutShort) {
  EXPECT_FALSE(recorded({"59 (sleep) S 1", status, limits, "0\n"}));
  EXPECT_FALSE(recorded({"", status, limits, "0\n"}));
  EXPECT_FALSE(recorded({stat, "Name:\tsleep\n", limits, "0\n"}));
  EXPECT_FALSE(recorded({stat, status, "Max cpu time 1 1 seconds\n", "0\n"}));
  EXPECT_FALSE(recorded({stat, status, limits, "x"}));
}

TEST(ProcessFiles, TellWhetherSystemdStillPreparesTheProgram) {
  EXPECT_TRUE(is_being_prepared("59 ((sleep)) S 1 59"));
  EXPECT_TRUE(is_being_prepared("59 (systemd) S 1 59"));  // forked a moment ago
  EXPECT_FALSE(is_being_prepared("59 (systemd-resolve) S 1 59"));
  EXPECT_FALSE(is_being_prepared("59 (sleep) S 1 59"));
  EXPECT_FALSE(is_being_prepared("59 (sleep (1) x) S 1 59"));
  EXPECT_FALSE(is_being_prepared(""));
}

TEST(Mountinfo, TellsWhatIsWhere) {
  const auto found = mounts(
      "1282 1246 0:74 / / ro,nosuid,relatime shared:384 master:159 - overlay box rw,uuid=on\n"
      "1309 1283 0:77 /systemd-private-24/tmp /tmp rw,nosuid - tmpfs tmpfs rw,size=24k\n"
      "1292 1282 0:81 /host/inaccessible/dir /srv/a\\040b ro - tmpfs tm\\134pfs rw\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].path, "/");
  EXPECT_THAT(found[0].options, ElementsAre("nosuid", "relatime", "ro", "rw", "uuid=on"));
  EXPECT_EQ(found[1].root, "/systemd-private-24/tmp");
  EXPECT_EQ(found[1].type, "tmpfs");
  EXPECT_EQ(found[2].path, "/srv/a b");
  EXPECT_EQ(found[2].source, "tm\\pfs");
}

TEST(Mountinfo, LeavesOutWhatIsNoMount) {
  EXPECT_TRUE(mounts("").empty());
  EXPECT_TRUE(mounts("1282 1246 0:74 / /\n").empty());
  EXPECT_TRUE(mounts("1282 1246 0:74 / / ro shared:3 -\n").empty());
  EXPECT_TRUE(mounts("1 2 3 4 5 6 7 8 9 10 11\n").empty());
}
}  // namespace
}  // namespace checklist::parse
