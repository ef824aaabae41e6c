// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/device_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef gpu_device_access;

namespace {
using testing::a_device;
using testing::a_directory;
using testing::a_gpu_world;
using testing::a_process;
using testing::a_unit;
using ::testing::HasSubstr;
using testing::llama;
using testing::pairs;
using testing::render;
using testing::texts;
using testing::verdict;
using testing::video;
using testing::World;
using testing::worst_finding;

using namespace std::chrono_literals;

const Unseen denied{"permission", "access denied", ""};

Dict wanting(std::vector<std::string> via = {}) {
  Dict out{{"devices", texts({"/dev/nvidia0"})}};
  if (!via.empty()) {
    out.emplace("via", texts(via));
  }
  return out;
}

// What it says of a world, as "reason: hint".
std::string advice(World& world, std::vector<std::string> via = {}) {
  const Finding finding = worst_finding(gpu_device_access, world, wanting(std::move(via)));
  return finding.reason + ": " + finding.hint;
}

std::string said(World& world, std::vector<std::string> via = {}) {
  return verdict(gpu_device_access, world, wanting(std::move(via)));
}

TEST(GpuDeviceAccess, PassesByTheRightGroup) {
  World world = a_gpu_world();
  EXPECT_EQ(said(world), "pass");
  EXPECT_EQ(said(world, {"video", "nvidia"}), "pass");
  EXPECT_EQ(worst_finding(gpu_device_access, world, wanting({"video"})).observed,
            "x.service can open /dev/nvidia0 by group video");
}

TEST(GpuDeviceAccess, NamesTheGroupThatWouldLetItIn) {
  World world = a_gpu_world();
  world.with(NodeKey{"/dev/nvidia0"}, a_device(0660, render));
  EXPECT_EQ(advice(world),
            "mode: add `SupplementaryGroups=render` to x.service, then run `systemctl restart "
            "x.service`");
  EXPECT_THAT(worst_finding(gpu_device_access, world, wanting()).observed,
              HasSubstr("/dev/nvidia0 is crw-rw---- root:render, and x.service (user llama, groups "
                        "llama, video) may not open it for reading and writing"));
  EXPECT_THAT(advice(world, {"video"}), HasSubstr("chgrp video /dev/nvidia0"));
}

TEST(GpuDeviceAccess, NamesTheBitsThatAreMissing) {
  World world = a_gpu_world();
  world.with(NodeKey{"/dev/nvidia0"}, a_device(0600));
  EXPECT_THAT(advice(world), HasSubstr("mode: allow the group: `chmod g+rw /dev/nvidia0`"));
  Node node = a_device(0640);
  node.permissions.acl = Acl{.owning_group = 6, .named = {{.for_group = true, .id = 7, .bits = 6}}};
  world.with(NodeKey{"/dev/nvidia0"}, node);
  EXPECT_EQ(advice(world), "acl_mask: widen the mask: `setfacl -m m::rw /dev/nvidia0`");
  world.with(NodeKey{"/dev"}, a_directory(0750));
  EXPECT_EQ(advice(world), "search: allow searching the directory: `chmod a+x /dev`");
}

TEST(GpuDeviceAccess, NamesTheDirectiveThatHides) {
  World world = a_gpu_world();
  world.property("PrivateDevices", Value{true});
  EXPECT_EQ(advice(world), "hidden: set PrivateDevices=no for x.service");
  world.property("InaccessiblePaths", texts({"/dev/nvidia0"}))
      .property("PrivateDevices", Value{false});
  EXPECT_EQ(advice(world), "inaccessible: remove InaccessiblePaths=/dev/nvidia0 from x.service");
  world.property("InaccessiblePaths", texts({}))
      .property("TemporaryFileSystem", pairs({{"/dev", ""}}));
  EXPECT_THAT(advice(world),
              HasSubstr("remove TemporaryFileSystem=/dev from x.service, or add BindPaths="));
}

TEST(GpuDeviceAccess, NamesThePolicyAndTheSlice) {
  World world = a_gpu_world();
  world.text("DevicePolicy", "closed");
  EXPECT_EQ(advice(world), "device_policy: add DeviceAllow=/dev/nvidia0 rw to x.service");
  world.property("DeviceAllow", pairs({{"char-nvidia-frontend", "rw"}}));
  EXPECT_THAT(advice(world), HasSubstr("device_class: use a class name from /proc/devices"));
  world.property("DeviceAllow", pairs({{"char-nvidia", "rw"}, {"char-none", "rw"}}));
  EXPECT_EQ(said(world), "pass");
  world.with(PropertyKey{"system.slice", "DeviceAllow"}, pairs({{"char-mem", "rw"}}));
  EXPECT_EQ(advice(world), "slice_policy: add DeviceAllow=/dev/nvidia0 rw to system.slice");
}

TEST(GpuDeviceAccess, TellsANodeThatIsNotThereFromOneThatIsNone) {
  World world = a_gpu_world();
  world.with(NodeKey{"/dev/nvidia0"}, Node{});
  EXPECT_EQ(said(world), "fail missing");
  Node file;
  file.type = NodeType::other;
  world.with(NodeKey{"/dev/nvidia0"}, file);
  EXPECT_EQ(said(world), "fail not_a_device");
  Node without = a_device();
  without.no_dev = true;
  world.with(NodeKey{"/dev/nvidia0"}, without);
  EXPECT_EQ(said(world), "fail nodev");
}

TEST(GpuDeviceAccess, WantsTheGroupsAndNothingElse) {
  World world = a_gpu_world();
  world.with(NodeKey{"/dev/nvidia0"}, a_device(0666));
  EXPECT_EQ(said(world), "pass");
  EXPECT_EQ(said(world, {"video"}), "fail open_to_all");
  world.with(NodeKey{"/dev/nvidia0"}, a_device());
  EXPECT_EQ(said(world, {"render"}), "fail not_by_group");
  world.text("User", "");
  EXPECT_EQ(said(world, {"video"}), "fail not_by_group");
  EXPECT_EQ(said(world), "pass");
}

TEST(GpuDeviceAccess, AProcessKeepsTheGroupsOfItsStart) {
  World world = a_gpu_world();
  world.number("MainPID", 7).with(ProcessKey{7}, a_process(llama, {}));
  EXPECT_EQ(said(world), "fail restart_needed");
  EXPECT_THAT(advice(world), HasSubstr("run `systemctl restart x.service`"));
  world.with(ProcessKey{7}, a_process(llama, {video}));
  EXPECT_EQ(said(world), "pass");
  Accounts accounts = testing::the_accounts();
  accounts.groups["video"].members.clear();
  world.with(AccountsKey{}, accounts);
  EXPECT_EQ(said(world), "fail next_start");
}

// A node that was created some time after the main process was started.
World with_a_node_after(Duration later) {
  World world = a_gpu_world();
  Node node = a_device();
  node.born = WallTime{testing::entered + later};
  return testing::with_clocks(world)
      .number("MainPID", 7)
      .with(ProcessKey{7}, a_process(llama, {video}))
      .with(HeldFilesKey{"/system.slice/x.service"}, denied)
      .property("NoNewPrivileges", Value{true})
      .with(NodeKey{"/dev/nvidia0"}, node);
}

TEST(GpuDeviceAccess, AProcessThatIsOlderThanTheNodeMustBeRestarted) {
  World world = with_a_node_after(-1s);
  EXPECT_EQ(said(world), "pass");
  world = with_a_node_after(1s);
  EXPECT_EQ(said(world), "unknown start_race");
  world = with_a_node_after(1h);
  EXPECT_EQ(said(world), "fail restart_needed");
  EXPECT_EQ(worst_finding(gpu_device_access, world, wanting()).observed,
            "x.service was started before /dev/nvidia0 was there; programs look for their devices "
            "once, when they start");
  Dict patient = wanting();
  patient.emplace("looks_once", Value{false});
  EXPECT_EQ(verdict(gpu_device_access, world, patient), "pass");
  world.with(HeldFilesKey{"/system.slice/x.service"},
             HeldFiles{.replaced = {}, .devices = {"c 195:0"}});
  EXPECT_EQ(said(world), "pass");
}

TEST(GpuDeviceAccess, ANodeThatAProcessHasCreatedByItsHelperIsInTime) {
  World world = with_a_node_after(30s);
  world.property("NoNewPrivileges", Value{false});
  EXPECT_EQ(said(world), "pass");
  world.number("CapabilityBoundingSet", 0);
  EXPECT_EQ(said(world), "fail restart_needed");
}

TEST(GpuDeviceAccess, ARestartThatWouldNotHelpIsNotAdvised) {
  World world = with_a_node_after(1h);
  Accounts accounts = testing::the_accounts();
  accounts.groups["video"].members.clear();
  world.with(AccountsKey{}, accounts);
  EXPECT_EQ(said(world), "fail mode");
}

TEST(GpuDeviceAccess, AListThatWasResolvedBeforeTheNodeWasThereDoesNotCoverIt) {
  World world = with_a_node_after(1h);
  world.text("DevicePolicy", "closed").property("DeviceAllow", pairs({{"/dev/nvidia0", "rw"}}));
  EXPECT_EQ(advice(world), "device_policy: run `systemctl restart x.service`");
  Host host;
  host.began = TimePoint{testing::booted};
  host.loaded = TimePoint{testing::entered + 2h};
  world.with(HostKey{}, host);
  EXPECT_EQ(said(world), "fail restart_needed");
  world.property("DeviceAllow", Value{Values{}}).text("DevicePolicy", "auto");
  world.with(PropertyKey{"system.slice", "DeviceAllow"}, pairs({{"/dev/nvidia0", "rw"}}));
  host.loaded.reset();
  world.with(HostKey{}, host);
  EXPECT_EQ(advice(world),
            "slice_policy: run `systemctl daemon-reload`, then run `systemctl restart x.service`");
}

TEST(GpuDeviceAccess, TellsWhetherTheGpuIsInUse) {
  World world = with_a_node_after(-1s);
  Dict in_use = wanting();
  in_use.emplace("in_use", Value{true});
  EXPECT_EQ(verdict(gpu_device_access, world, in_use), "unknown permission");
  const HeldFilesKey key{"/system.slice/x.service"};
  world.with(key, HeldFiles{.replaced = {}, .devices = {"c 1:3"}});
  EXPECT_EQ(verdict(gpu_device_access, world, in_use), "fail not_in_use");
  world.with(key, HeldFiles{.replaced = {}, .devices = {"c 195:0", "c 1:3"}});
  EXPECT_EQ(verdict(gpu_device_access, world, in_use), "pass");
}

TEST(GpuDeviceAccess, OneThatChangesItsUserItselfIsJudgedAsItRuns) {
  World world = a_gpu_world();
  world.text("User", "").number("MainPID", 7).with(ProcessKey{7}, a_process(llama, {video}));
  EXPECT_EQ(said(world, {"video"}), "pass");
}

TEST(GpuDeviceAccess, IsUnknownWhereItCannotLook) {
  World world = a_gpu_world();
  world.with(NodeKey{"/dev/nvidia0"}, denied);
  EXPECT_EQ(said(world), "unknown permission");
  world.with(NodeKey{"/dev/nvidia0"}, a_device())
      .property("SupplementaryGroups", texts({"nobody"}));
  EXPECT_EQ(said(world), "unknown account");
  world.property("SupplementaryGroups", texts({}))
      .text("RootImage", "/x.raw")
      .property("MountAPIVFS", Value{true});
  EXPECT_EQ(said(world), "pass");  // systemd mounts the host's /dev there
}

TEST(GpuDeviceAccess, SkipsAUnitThatIsNotLoaded) {
  World world = a_gpu_world();
  world.with(UnitKey{"x.service"},
             a_unit("x.service", ActiveState::inactive, "dead", LoadState::not_found));
  EXPECT_EQ(said(world), "skip not_loaded");
}

TEST(GpuDeviceAccess, AVendorWithoutANodeNamesTheDriver) {
  World world = a_gpu_world();
  world.with(GlobKey{"/dev/dri/renderD*"}, std::vector<std::string>{})
      .with(GlobKey{"/dev/dxg"}, std::vector<std::string>{});
  const Dict of_intel{{"vendor", Value{std::string("intel")}}};
  EXPECT_EQ(verdict(gpu_device_access, world, of_intel), "fail no_driver");
  EXPECT_THAT(worst_finding(gpu_device_access, world, of_intel).hint, HasSubstr("modprobe i915"));
}

TEST(GpuDeviceAccess, CapturesTheVendorThatAUnitForGpusCanOpen) {
  World world = a_gpu_world();
  world.property("SupplementaryGroups", texts({"video"}));
  for (const char* pattern :
       {"/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia-modeset",
        "/dev/nvidia-caps/nvidia-cap[3-9]", "/dev/nvidia-caps/nvidia-cap[1-9][0-9]*"}) {
    world.with(GlobKey{pattern}, std::vector<std::string>{});
  }
  world.with(GlobKey{"/dev/nvidiactl"}, std::vector<std::string>{"/dev/nvidia0"})
      .with(GlobKey{"/dev/nvidia[0-9]*"}, std::vector<std::string>{"/dev/nvidia0"});
  EXPECT_EQ(world.capture(gpu_device_access),
            (Dict{{"vendor", Value{std::string("nvidia")}}, {"via", Value{texts({"video"})}}}));
  world.with(NodeKey{"/dev/nvidia0"}, a_device(0666));
  EXPECT_EQ(world.capture(gpu_device_access), (Dict{{"vendor", Value{std::string("nvidia")}}}))
      << "everybody can";
  world.with(NodeKey{"/dev/nvidia0"}, a_device()).property("SupplementaryGroups", texts({}));
  EXPECT_EQ(world.capture(gpu_device_access), Dict{});
}
}  // namespace
}  // namespace checklist::checks
