// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"

namespace checklist::checks {
extern const CheckDef resource_limits;

namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::texts;
using testing::World;

constexpr std::uint32_t pid = 4711;
const std::string cgroup = "/system.slice/x.service";
const std::string x = "x.service";

Process a_process() {
  Process out;
  out.limits["LimitNOFILE"] = {.soft = 1024, .hard = 65536};
  out.oom_score_adjust = 300;
  return out;
}

CgroupKey::Fact settings() {
  return {{"cgroup.controllers", "cpu memory pids io"},
          {"memory.max", "34359738368"},
          {"memory.high", "max"},
          {"pids.max", "512"},
          {"cpu.max", "50000 100000"},
          {"cpu.weight", "100"},
          {"io.weight", "default 50"}};
}

// x.service runs since ten minutes, with every value that it has also in force.
World x_up() {
  World world = a_service_in(ActiveState::active, "running");
  world.with(ProcessKey{pid}, a_process())
      .with(CgroupKey{cgroup}, settings())
      .with(DefinitionKey{x}, Definition{})
      .with(MachineKey{}, Machine{.memory = 64ULL << 30U, .tasks = 5120})
      .text("ControlGroup", cgroup)
      .number("MainPID", pid)
      .number("ExecMainStartTimestampMonotonic", testing::usec(10min))
      .number("MemoryMax", 32ULL << 30U)
      .number("MemoryHigh", UINT64_MAX)
      .number("TasksMax", 512)
      .number("CPUQuotaPerSecUSec", 500'000)
      .number("CPUWeight", UINT64_MAX)
      .number("IOWeight", 50)
      .number("LimitNOFILE", 65536)
      .number("LimitNOFILESoft", 1024)
      .property("OOMScoreAdjust", Value{std::int64_t{300}});
  return world;
}

Dict demanding(const std::string& name, const std::string& value) {
  return {{name, Value{value}}};
}

// "fail differs", of the only finding.
std::string verdict(World& world, const Dict& arguments) {
  const Findings findings = world.evaluate(resource_limits, arguments);
  EXPECT_EQ(findings.size(), 1U);
  const Finding& one = findings.at(0);
  return std::string(text(one.status)) + (one.reason.empty() ? "" : " " + one.reason);
}

std::string verdict(World&& world, const Dict& arguments) {
  return verdict(world, arguments);
}

const Dict max_32g = demanding("MemoryMax", "32G");
const Dict files = demanding("LimitNOFILE", "1024:65536");

TEST(ResourceLimits, PassWhereUnitAndProcessHaveThem) {
  for (const auto& [name, value] :
       std::vector<std::pair<const char*, const char*>>{{"MemoryMax", "32G"},
                                                        {"MemoryMax", "50%"},
                                                        {"MemoryHigh", "infinity"},
                                                        {"TasksMax", "512"},
                                                        {"TasksMax", "10%"},
                                                        {"CPUQuota", "50%"},
                                                        {"CPUWeight", "100"},
                                                        {"IOWeight", "50"},
                                                        {"LimitNOFILE", "1024:65536"},
                                                        {"OOMScoreAdjust", "300"}}) {
    EXPECT_EQ(verdict(x_up(), demanding(name, value)), "pass") << name << "=" << value;
  }
}

TEST(ResourceLimits, TakeNumbersAsSpecsGiveThem) {
  EXPECT_EQ(verdict(x_up(), {{"TasksMax", Value{std::int64_t{512}}}}), "pass");
}

TEST(ResourceLimits, FailWhereTheUnitHasOthers) {
  EXPECT_EQ(verdict(x_up().number("MemoryMax", UINT64_MAX), max_32g), "fail differs");
  EXPECT_EQ(verdict(x_up().number("LimitNOFILE", 4096), files), "fail differs");
  EXPECT_EQ(verdict(x_up().number("LimitNOFILESoft", 4096), files), "fail differs");
  EXPECT_EQ(verdict(x_up(), demanding("TasksMax", "20%")), "fail differs");
}

TEST(ResourceLimits, SayWhatToSetAndWhere) {
  World world = x_up();
  const Findings findings =
      world.number("MemoryMax", UINT64_MAX).evaluate(resource_limits, max_32g);
  EXPECT_EQ(findings.at(0).expected, "32G");
  EXPECT_EQ(findings.at(0).observed, "infinity");
  EXPECT_EQ(
      findings.at(0).hint,
      "set MemoryMax=32G in the definition of x.service, then run `systemctl restart x.service`");
}

World with_other_values_in_force() {
  World world = x_up();
  Process process = a_process();
  process.limits["LimitNOFILE"] = {.soft = 1024, .hard = 4096};
  auto changed = settings();
  changed["memory.max"] = "max";
  world.with(ProcessKey{pid}, process).with(CgroupKey{cgroup}, changed);
  return world;
}

TEST(ResourceLimits, NeedARestartWhereTheProcessIsOlderThanTheDefinition) {
  for (const Dict& demanded : {max_32g, files}) {
    World world = with_other_values_in_force();
    Definition definition;
    definition.changed = TimePoint{11min};
    world.with(DefinitionKey{x}, definition);
    EXPECT_EQ(verdict(world, demanded), "fail restart_needed");
    EXPECT_NE(world.evaluate(resource_limits, demanded).at(0).hint.find("systemctl restart"),
              std::string::npos);
  }
}

TEST(ResourceLimits, AreOverriddenWhereItIsNot) {
  for (const auto changed : {std::optional<TimePoint>(), std::optional(TimePoint{9min})}) {
    World world = with_other_values_in_force();
    Definition definition;
    definition.changed = changed;
    world.with(DefinitionKey{x}, definition);
    EXPECT_EQ(verdict(world, max_32g), "unknown overridden");
    EXPECT_EQ(verdict(world, files), "unknown overridden");
  }
}

TEST(ResourceLimits, MayHaveASoftLimitThatTheProgramRaised) {
  Process process = a_process();
  process.limits["LimitNOFILE"].soft = 65536;
  EXPECT_EQ(verdict(x_up().with(ProcessKey{pid}, process), files), "pass");
}

TEST(ResourceLimits, AreUnknownWithoutTheirController) {
  World world = x_up();
  world.with(CgroupKey{cgroup}, CgroupKey::Fact{{"cgroup.controllers", ""}});
  EXPECT_EQ(verdict(world, max_32g), "unknown unsupported");
  EXPECT_EQ(verdict(world, demanding("CPUQuota", "50%")), "unknown unsupported");
  EXPECT_EQ(verdict(world, demanding("MemoryHigh", "infinity")), "pass");  // nothing to enforce
  EXPECT_EQ(verdict(world, demanding("CPUWeight", "100")), "pass");
}

TEST(ResourceLimits, AreUnknownWhereTheProcessCannotBeSeen) {
  const Unseen hidden{"own_sandbox", "/proc/4711: No such file", "set ProtectProc=default"};
  EXPECT_EQ(verdict(x_up().with(ProcessKey{pid}, hidden), files), "unknown own_sandbox");
}

TEST(ResourceLimits, ThatOneSystemdDoesNotHaveAreUnknown) {
  World world = x_up();
  world.with(PropertyKey{x, "MemoryZSwapMax"}, Unseen{"unsupported", "no such property", ""});
  EXPECT_EQ(verdict(world, demanding("MemoryZSwapMax", "1G")), "unknown unsupported");
}

TEST(ResourceLimits, OfAUnitThatIsDownAreThoseOfItsDefinition) {
  const auto down = [] {
    World world = with_other_values_in_force();
    world.with(UnitKey{x}, testing::a_unit(x, ActiveState::failed, "failed"));
    return world;
  };
  EXPECT_EQ(verdict(down(), max_32g), "pass");
  EXPECT_EQ(verdict(down().number("MemoryMax", 1), max_32g), "fail differs");
}

TEST(ResourceLimits, OfAProcessThatHasJustEndedAreNotJudged) {
  const Unseen gone{"gone", "/proc/4711: No such file", ""};
  EXPECT_EQ(verdict(x_up().with(ProcessKey{pid}, gone), files), "pass");
}

TEST(ResourceLimits, AreSkippedWithoutADefinition) {
  World world = x_up();
  world.with(UnitKey{x}, testing::a_unit(x, ActiveState::inactive, "dead", LoadState::not_found));
  EXPECT_EQ(verdict(world, max_32g), "skip not_loaded");
}

TEST(ResourceLimits, ShowAnIdleWeightBesideTheWeight) {
  auto idle = settings();
  idle["cpu.idle"] = "1";
  World world = x_up();
  world.number("CPUWeight", 0).with(CgroupKey{cgroup}, idle);
  EXPECT_EQ(verdict(world, demanding("CPUWeight", "idle")), "pass");
  idle["cpu.idle"] = "0";
  EXPECT_EQ(verdict(world.with(CgroupKey{cgroup}, idle), demanding("CPUWeight", "idle")),
            "unknown overridden");
}

TEST(ResourceLimits, AreMistakesWhereSystemdWouldNotReadThem) {
  ConfigErrors errors;
  (void)resource_limits.bind(demanding("MemoryMax", "lots"), "/checks/resource_limits", errors);
  (void)resource_limits.bind(demanding("MemoryMex", "1G"), "/checks/resource_limits", errors);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].pointer, "/checks/resource_limits/MemoryMax");
  EXPECT_EQ(errors[1].expected, "perhaps 'MemoryMax'");
}

TEST(ResourceLimits, AreCapturedWhereTheDefinitionNamesThem) {
  World world = x_up();
  UnitFile fragment{.exists = true, .directives = {{"Service", "MemoryMax", "32G"}}};
  UnitFile drop_in{.exists = true, .directives = {{"Service", "LimitNOFILE", "1024:65536"}}};
  world.text("FragmentPath", "/etc/x.service")
      .property("DropInPaths", texts({"/etc/x.service.d/a.conf"}))
      .with(UnitFileKey{"/etc/x.service"}, fragment)
      .with(UnitFileKey{"/etc/x.service.d/a.conf"}, drop_in);
  const Dict captured = world.capture(resource_limits);
  const Dict expected{{"MemoryMax", Value{std::string("32G")}},
                      {"LimitNOFILE", Value{std::string("1024:65536")}}};
  EXPECT_EQ(captured, expected);
}
}  // namespace
}  // namespace checklist::checks
