// SPDX-License-Identifier: MIT
#include "checks/definition/runtime_files.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr WallTime boot{std::chrono::hours{1000}};

// A drop-in of x.service that was written that long after the boot, which took ten seconds.
World with_drop_in(const std::string& path, Duration after_boot = 1h) {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  Host host;
  host.unit_path = {"/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system"};
  host.began = TimePoint{1s};
  host.finished = TimePoint{10s};
  FileStatus file = a_file("regular");
  file.modified = boot + after_boot;
  world.with(HostKey{}, host)
      .with(WallClockKey{}, boot)
      .with(FileKey{path}, file)
      .with(UnitFileKey{path},
            UnitFile{.exists = true,
                     .directives = {{"Service", "LimitNOFILE", "1024"},
                                    {"Service", "Environment", "TOKEN=secret"}}});
  edges(world, "x.service", "DropInPaths", {path});
  return world;
}

Findings judged(World& world) {
  View see = world.view();
  return runtime_files(see);
}

TEST(RuntimeFiles, ADropInInRunIsLostAtTheNextBoot) {
  const std::string path = "/run/systemd/system/x.service.d/a.conf";
  World world = with_drop_in(path);
  const Findings findings = judged(world);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].reason, "until_reboot");
  EXPECT_EQ(findings[0].subject, path);
  EXPECT_EQ(findings[0].observed,
            path + " does not exist after a reboot; it sets Environment=, LimitNOFILE=");
  EXPECT_EQ(findings[0].hint,
            "move it to /etc/systemd/system, or remove it, and run `systemctl daemon-reload`");
}

TEST(RuntimeFiles, APropertyThatWasSetAtRunTime) {
  World world = with_drop_in("/run/systemd/system.control/x.service.d/50-CPUWeight.conf");
  EXPECT_THAT(judged(world).at(0).hint,
              HasSubstr("`systemctl set-property x.service` without --runtime"));
}

TEST(RuntimeFiles, WhatTheNextBootWritesAgainIsFine) {
  for (const char* path : {"/run/systemd/generator/x.service.d/a.conf",
                           "/run/systemd/generator.early/x.service.d/a.conf",
                           "/run/systemd/transient/x.service.d/50-Nice.conf",
                           "/run/systemd/system/x.service.d/10-netplan.conf",
                           "/run/systemd/system/service.d/zzz-lxc-service.conf",
                           "/etc/systemd/system.control/x.service.d/50-CPUWeight.conf",
                           "/etc/systemd/system/x.service.d/a.conf"}) {
    World world = with_drop_in(path);
    EXPECT_THAT(judged(world), IsEmpty()) << path;
  }
  World early = with_drop_in("/run/systemd/system/x.service.d/a.conf", 5s);
  EXPECT_THAT(judged(early), IsEmpty());
}

TEST(RuntimeFiles, AFragmentInRunNamesWhatItCovers) {
  World world = with_drop_in("/etc/systemd/system/x.service.d/a.conf");
  const std::string path = "/run/systemd/system/x.service";
  fragment(world, "x.service", path);
  world.with(FileKey{fragment_of("x.service")}, a_file("missing"))
      .with(FileKey{"/lib/systemd/system/x.service"}, a_file("regular"));
  EXPECT_EQ(judged(world).at(0).observed,
            "the next boot loads /lib/systemd/system/x.service instead of " + path);
  world.with(FileKey{"/lib/systemd/system/x.service"}, a_file("missing"));
  EXPECT_EQ(judged(world).at(0).observed, path + " does not exist after a reboot");
}

TEST(RuntimeFiles, AreUnknownIfTheFileIs) {
  const std::string path = "/run/systemd/system/x.service.d/a.conf";
  World world = with_drop_in(path);
  world.with(FileKey{path}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(judged(world).at(0).status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
