// SPDX-License-Identifier: MIT
#include "checks/start/resources.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_start_world;
using testing::texts;
using testing::World;

std::string verdict(World& world) {
  View see = world.view();
  const Findings all = unusable_resources(see);
  return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
}

Value bytes(const std::vector<std::uint64_t>& all) {
  Values out;
  for (const std::uint64_t each : all) {
    out.push_back(Value{each});
  }
  return Value{out};
}

TEST(StartResources, AreProcessorsThatAreThere) {
  World world = a_start_world().with(MachineKey{}, Machine{.cpus = {0, 1}, .nodes = {0}});
  EXPECT_EQ(verdict(world), "");
  world.property("CPUAffinity", bytes({0, 1}));  // number 8
  EXPECT_EQ(verdict(world), "fail no_processor");
  world.property("CPUAffinity", bytes({2, 1}));
  EXPECT_EQ(verdict(world), "") << "one of them is there";
  world.property("CPUAffinity", bytes({})).property("CPUAffinityFromNUMA", Value{true});
  EXPECT_EQ(verdict(world), "fail no_processor");
}

TEST(StartResources, AreNodesThatAreThere) {
  World world = a_start_world().with(MachineKey{}, Machine{.cpus = {0, 1}, .nodes = {0}});
  const auto bind = Value{std::int64_t{2}};
  world.property("NUMAPolicy", bind).property("NUMAMask", bytes({0x80}));
  EXPECT_EQ(verdict(world), "fail no_processor");
  world.property("NUMAMask", bytes({0x81}));
  EXPECT_EQ(verdict(world), "");
  world.property("NUMAPolicy", Value{std::int64_t{1}});
  EXPECT_EQ(verdict(world), "fail no_processor") << "one node can be preferred";
  world.property("NUMAPolicy", Value{std::int64_t{4}});
  EXPECT_EQ(verdict(world), "");
}

TEST(StartResources, AreWithinLimits) {
  World world = a_start_world().number("LimitNOFILESoft", 4);
  EXPECT_EQ(verdict(world), "fail limit_too_low");
  world.number("LimitNOFILESoft", 5).number("LimitASSoft", 1U << 20U);
  EXPECT_EQ(verdict(world), "fail limit_too_low");
}

TEST(StartResources, AreSystemCallsThatAreAllowed) {
  World world = a_start_world();
  const auto filter = [&world](bool is_allowed, const std::vector<std::string>& names) {
    world.property("SystemCallFilter", Value{Values{Value{is_allowed}, texts(names)}});
    return verdict(world);
  };
  EXPECT_EQ(filter(false, {"mount", "reboot"}), "");
  EXPECT_EQ(filter(false, {"execve:EPERM"}), "fail system_call_denied");
  EXPECT_EQ(filter(true, {"execve", "mmap", "mprotect", "openat", "read", "close"}), "");
  EXPECT_EQ(filter(true, {"execve"}), "fail system_call_denied");
  world.property("ExecStartEx",
                 Value{Values{testing::a_start_command("/usr/bin/x", {"privileged"})}});
  EXPECT_EQ(filter(true, {"execve"}), "") << "no filter applies to it";
  world.number("LimitASSoft", 1U << 20U);
  EXPECT_EQ(verdict(world), "") << "nor does a limit";
}

TEST(StartResources, AreUnknownIfTheyCannotBeSeen) {
  World world = a_start_world().with(MachineKey{}, Unseen{"unsupported", "no /sys", ""});
  EXPECT_EQ(verdict(world), "unknown unsupported");
}
}  // namespace
}  // namespace checklist::checks
