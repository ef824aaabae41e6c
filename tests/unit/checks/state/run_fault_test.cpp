// SPDX-License-Identifier: MIT
#include "checks/state/run_fault.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::entered;
using testing::usec;
using testing::World;

const std::string cgroup = "/system.slice/x.service";

// "fail nothing_left", or "none".
std::string fault(World& world, const std::string& sub, bool sub_expected = false) {
  View see = world.view();
  const Unit unit = testing::a_unit("x.service", ActiveState::active, sub);
  const auto found = run_fault(see, unit, "active", sub_expected);
  return found ? std::string(text(found->status)) + " " + found->reason : "none";
}

// An init script whose daemon ended five minutes after its start.
World an_init_script() {
  World world = a_service_in(ActiveState::active, "exited");
  return world.text("Type", "forking")
      .property("RemainAfterExit", Value{true})
      .property("ExecReload", Value{Values{}})
      .number("StateChangeTimestampMonotonic", usec(entered + 5min))
      .with(MembersKey{cgroup}, MembersKey::Fact{});
}

// (path, argv, ignore_failure, start and exit as real time and monotonic, pid, code, status)
Value reloaded_at(Duration moment) {
  const Value at{usec(moment)};
  return Value{Values{
      Value{Values{Value{std::string("/bin/kill")}, Value{Values{}}, Value{false}, at, at, at, at,
                   Value{std::uint64_t{7}}, Value{std::int64_t{1}}, Value{std::int64_t{0}}}}}};
}

TEST(RunFault, IsTheEndOfADaemonWhoseUnitRemains) {
  World world = an_init_script();
  EXPECT_EQ(fault(world, "exited"), "fail nothing_left");
  EXPECT_EQ(fault(world, "exited", true), "none") << "the spec demands it";
  EXPECT_EQ(fault(world, "running"), "none");
  world.with(MembersKey{cgroup}, MembersKey::Fact{{.pid = 7, .started = {}, .cgroup = ""}});
  EXPECT_EQ(fault(world, "exited"), "none") << "a process is left";
  world.with(MembersKey{cgroup}, Unseen{"gone", "no such cgroup", ""});
  EXPECT_EQ(fault(world, "exited"), "fail nothing_left");
  world.with(MembersKey{cgroup}, Unseen{"permission", "access denied", ""});
  EXPECT_EQ(fault(world, "exited"), "unknown permission");
}

TEST(RunFault, IsNoneWhereNoDaemonWasStarted) {
  World script = an_init_script();
  script.number("StateChangeTimestampMonotonic", usec(entered + 1s));
  EXPECT_EQ(fault(script, "exited"), "none") << "it only sets something up";
  World oneshot = an_init_script();
  EXPECT_EQ(fault(oneshot.text("Type", "oneshot"), "exited"), "none");
  World simple = an_init_script();
  EXPECT_EQ(fault(simple.text("Type", "simple"), "exited"), "none");
}

TEST(RunFault, IsNoneAfterAReloadOfAScript) {
  World world = an_init_script();
  world.property("ExecReload", reloaded_at(entered + 5min));
  EXPECT_EQ(fault(world, "exited"), "none");
  world.property("ExecReload", reloaded_at(entered + 1min));
  EXPECT_EQ(fault(world, "exited"), "fail nothing_left");
}

TEST(RunFault, IsAProcessThatWasKilledWhileTheUnitGoesOn) {
  World world = a_service_in(ActiveState::active, "running");
  world.with(CgroupKey{cgroup}, CgroupKey::Fact{{"oom_kill", "1"}});
  EXPECT_EQ(fault(world, "running"), "none") << "systemd stops the unit";
  world.text("OOMPolicy", "continue");
  EXPECT_EQ(fault(world, "running"), "fail oom_kill");
  world.with(CgroupKey{cgroup}, CgroupKey::Fact{{"oom_kill", "0"}});
  EXPECT_EQ(fault(world, "running"), "none");
  world.with(CgroupKey{cgroup}, CgroupKey::Fact{{"pids.max", "max"}});
  EXPECT_EQ(fault(world, "running"), "none") << "memory is not counted";
}

TEST(RunFault, IsThatNoDescriptorIsLeft) {
  World world = a_service_in(ActiveState::active, "running");
  world.number("MainPID", 7).with(DescriptorsKey{7}, 8);
  EXPECT_EQ(fault(world, "running"), "none");
  world.with(DescriptorsKey{7}, 9);
  EXPECT_EQ(fault(world, "running"), "fail exhausted");
  world.with(DescriptorsKey{7}, Unseen{"unsupported", "an old kernel", ""});
  EXPECT_EQ(fault(world, "running"), "none");
}

TEST(RunFault, IsAReloadThatFailed) {
  World world = a_service_in(ActiveState::active, "running");
  EXPECT_EQ(fault(world, "running"), "none");
  world.text("ReloadResult", "exit-code");
  EXPECT_EQ(fault(world, "running"), "fail reload_failed");
  EXPECT_EQ(fault(world, "exited"), "fail reload_failed");
}
}  // namespace
}  // namespace checklist::checks
