// SPDX-License-Identifier: MIT
#include "checks/devices/denial.hpp"

#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_device;
using testing::a_directory;
using ::testing::HasSubstr;
using testing::llama;
using testing::render;
using testing::the_accounts;
using testing::video;

constexpr std::uint32_t audio = 29;

Accounts accounts() {
  Accounts out = the_accounts();
  out.groups["audio"] = {.gid = audio};
  return out;
}

DeviceAccess denied(Denial why, const Node& node = a_device()) {
  DeviceAccess out;
  out.denial = why;
  out.at = "/dev/nvidia0";
  out.node = node;
  return out;
}

DeviceAccess denied_by_policy(Denial why, const std::string& unit, PolicyVerdict verdict) {
  DeviceAccess out = denied(why);
  out.unit = unit;
  out.policy = std::move(verdict);
  return out;
}

DenialMessage message(const DeviceAccess& access, std::vector<std::string> via = {}) {
  const DeviceQuestion question{
      .unit = "x.service",
      .device = {.path = "/dev/nvidia0", .use = DeviceUse::rw},
      .who = {.uid = llama, .gid = llama, .groups = {video}, .capabilities = 0},
      .via = std::move(via)};
  return describe_denial(access, question, accounts());
}

TEST(Denial, NamesThePathAtWhichTheLookupEnded) {
  DeviceAccess access = denied(Denial::missing, Node{});
  EXPECT_EQ(message(access).reason, "missing");
  EXPECT_EQ(message(access).observed, "/dev/nvidia0 does not exist");
  access.at = "/dev/gpu7";
  EXPECT_EQ(message(access).observed, "/dev/nvidia0 leads to /dev/gpu7, which does not exist");
}

TEST(Denial, NamesTheDirectiveThatHidesTheNode) {
  DeviceAccess access = denied(Denial::hidden, Node{});
  access.setting = "PrivateDevices=yes";
  EXPECT_EQ(message(access).observed, "PrivateDevices=yes hides /dev/nvidia0 from x.service");
  EXPECT_EQ(message(access).hint, "set PrivateDevices=no for x.service");
  access.setting = "RootDirectory=/srv";
  EXPECT_EQ(message(access).hint,
            "remove RootDirectory=/srv from x.service, or add BindPaths=/dev/nvidia0");
  access.denial = Denial::inaccessible;
  access.setting = "InaccessiblePaths=/dev";
  EXPECT_EQ(message(access).reason, "inaccessible");
  EXPECT_EQ(message(access).observed, "InaccessiblePaths=/dev makes /dev/nvidia0 inaccessible");
}

TEST(Denial, ShowsTheDirectoryAndTheUnitsAccounts) {
  DeviceAccess access = denied(Denial::search, a_directory(0750));
  access.at = "/dev/dri";
  EXPECT_EQ(message(access).observed,
            "/dev/dri is drwxr-x--- root:root, and x.service (user llama, groups llama, video) may "
            "not search it");
  EXPECT_EQ(message(access).hint, "allow searching the directory: `chmod a+x /dev/dri`");
}

TEST(Denial, ShowsTheNumbersOfAccountsWithoutAName) {
  const DeviceQuestion question{
      .unit = "x.service",
      .device = {.path = "/dev/nvidia0", .use = DeviceUse::rw},
      .who = {.uid = 61547, .gid = 61547, .groups = {video}, .capabilities = 0},
      .via = {}};
  EXPECT_THAT(describe_denial(denied(Denial::mode, a_device(0600)), question, accounts()).observed,
              HasSubstr("x.service (user 61547, groups 61547, video) may not open it"));
}

TEST(Denial, ProposesAGroupWithoutANameByItsNumber) {
  EXPECT_THAT(message(denied(Denial::mode, a_device(0660, 4321))).hint,
              HasSubstr("`SupplementaryGroups=4321` to"));
}

TEST(Denial, ProposesAGroupOfTheNodeThatIsWanted) {
  Node node = a_device(0660, audio);
  node.permissions.acl =
      Acl{.owning_group = 6, .named = {{.for_group = true, .id = render, .bits = 6}}};
  EXPECT_THAT(message(denied(Denial::mode, node)).hint, HasSubstr("SupplementaryGroups=audio"));
  EXPECT_THAT(message(denied(Denial::mode, node), {"video", "render"}).hint,
              HasSubstr("SupplementaryGroups=render"));
  EXPECT_THAT(message(denied(Denial::mode, node), {"video"}).hint, HasSubstr("`chgrp video "));
  node.permissions.acl->named[0].bits = 4;
  EXPECT_THAT(message(denied(Denial::mode, node), {"render"}).hint, HasSubstr("`chgrp render "));
}

TEST(Denial, ProposesNoGroupThatTheModeDenies) {
  EXPECT_EQ(message(denied(Denial::mode, a_device(0600))).hint,
            "allow the group: `chmod g+rw /dev/nvidia0`, and set GROUP= and MODE= in a udev rule");
  EXPECT_THAT(message(denied(Denial::mode, a_device(0640, render))).hint, HasSubstr("chgrp"));
  EXPECT_THAT(message(denied(Denial::mode, a_device(0660, 0)), {"root"}).hint, HasSubstr("chgrp"));
  Node masked = a_device(0640, audio);
  masked.permissions.acl =
      Acl{.owning_group = 4, .named = {{.for_group = true, .id = render, .bits = 6}}};
  EXPECT_THAT(message(denied(Denial::mode, masked), {"render"}).hint, HasSubstr("chgrp"));
}

TEST(Denial, BlamesTheMaskOnlyForAnEntryOfTheUnit) {
  Node node = a_device(0640, render);
  node.permissions.acl =
      Acl{.owning_group = 4, .named = {{.for_group = false, .id = llama, .bits = 6}}};
  EXPECT_EQ(message(denied(Denial::mode, node)).reason, "acl_mask");
  EXPECT_EQ(message(denied(Denial::mode, node)).hint,
            "widen the mask: `setfacl -m m::rw /dev/nvidia0`");
  node.permissions.acl->named[0].id = llama + 1;
  EXPECT_EQ(message(denied(Denial::mode, node)).reason, "mode");
}

TEST(Denial, NamesThePolicyThatDenies) {
  const auto closed =
      denied_by_policy(Denial::device_policy, "x.service", {.decision = PolicyDecision::denied});
  EXPECT_EQ(message(closed).reason, "device_policy");
  EXPECT_EQ(message(closed).hint, "add DeviceAllow=/dev/nvidia0 rw to x.service");
  const auto read_only =
      denied_by_policy(Denial::slice_policy, "gpu.slice",
                       {.decision = PolicyDecision::too_few, .entry = "char-nvidia"});
  EXPECT_EQ(message(read_only).reason, "slice_policy");
  EXPECT_EQ(message(read_only).observed,
            "char-nvidia in DeviceAllow= of gpu.slice does not allow rw");
  const auto no_class =
      denied_by_policy(Denial::device_policy, "x.service",
                       {.decision = PolicyDecision::no_class, .entry = "char-none"});
  EXPECT_EQ(message(no_class).reason, "device_class");
  EXPECT_THAT(message(no_class).observed, HasSubstr("char-none in DeviceAllow= of x.service "));
}

TEST(Denial, SpellsNodesAndAccountsAsLsDoes) {
  const Accounts names = accounts();
  Node node = a_device(0640);
  EXPECT_EQ(shown(node, names), "crw-r----- root:video");
  node.type = NodeType::block;
  node.permissions.acl = Acl{};
  EXPECT_EQ(shown(node, names), "brw-r-----+ root:video");
  EXPECT_EQ(user_name(77, names), "user 77");
  EXPECT_EQ(user_name(dynamic_id, names), "(dynamic)");
  EXPECT_EQ(group_name(dynamic_id, names), "(dynamic)");
  EXPECT_EQ(purpose(DeviceUse::r), "reading");
  EXPECT_EQ(purpose(DeviceUse::w), "writing");
  EXPECT_EQ(purpose(DeviceUse::rw), "reading and writing");
}
}  // namespace
}  // namespace checklist::checks
