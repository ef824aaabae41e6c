// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"

namespace checklist::checks {
extern const CheckDef hardening;

namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::texts;
using testing::World;

constexpr std::uint32_t pid = 4711;
const std::string x = "x.service";

Mount a_mount(std::string path, std::vector<std::string> options, std::string root = "/",
              std::string type = "ext4") {
  return {.path = std::move(path),
          .root = std::move(root),
          .type = std::move(type),
          .source = {},
          .options = std::move(options)};
}

// As systemd 252 mounts for ProtectSystem=strict, ProtectHome=yes, PrivateTmp=, PrivateDevices=,
// ProtectProc=invisible and ProcSubset=pid.
std::vector<Mount> sandboxed() {
  return {a_mount("/", {"ro", "rw"}),
          a_mount("/dev", {"nosuid", "rw"}, "/", "tmpfs"),
          a_mount("/dev", {"noexec", "nosuid", "ro", "rw"}, "/", "tmpfs"),
          a_mount("/home", {"ro", "rw"}, "/systemd/inaccessible/dir", "tmpfs"),
          a_mount("/proc", {"hidepid=invisible", "rw", "subset=pid"}, "/", "proc"),
          a_mount("/tmp", {"rw"}, "/tmp/systemd-private-1-x.service-A/tmp"),
          a_mount("/var/lib/x", {"rw"}, "/var/lib/x")};
}

std::vector<Mount> open() {
  return {a_mount("/", {"rw"}), a_mount("/dev", {"nosuid", "rw"}, "/", "tmpfs"),
          a_mount("/proc", {"rw"}, "/", "proc")};
}

Process confined() {
  Process out;
  out.uid = 65534;
  out.no_new_privileges = true;
  out.seccomp = 2;
  out.capabilities = {{"CapBnd", 1}, {"CapAmb", 0}};
  return out;
}

Process free_process() {
  Process out;
  out.capabilities = {{"CapBnd", 0x1ffffffffff}, {"CapAmb", 1}};
  return out;
}

Value filter(bool allowed, const std::vector<std::string>& names) {
  return Value{Values{Value{allowed}, texts(names)}};
}

const SyscallGroupsKey::Fact groups{{"@default", {"exit"}}, {"@io", {"read", "write"}}};

// x.service runs since ten minutes, sandboxed as its definition says.
World x_up() {
  World world = a_service_in(ActiveState::active, "running");
  world.with(ProcessKey{pid}, confined())
      .with(MountsKey{pid}, sandboxed())
      .with(DefinitionKey{x}, Definition{})
      .with(SyscallGroupsKey{}, groups)
      .with(ExposureKey{x}, 1.6)
      .text("ControlGroup", "/system.slice/x.service")
      .number("MainPID", pid)
      .number("UID", 65534)
      .number("ExecMainStartTimestampMonotonic", testing::usec(10min))
      .property("ReadWritePaths", texts({}))
      .property("NoNewPrivileges", Value{true})
      .property("PrivateTmp", Value{true})
      .property("PrivateDevices", Value{true})
      .property("LockPersonality", Value{true})
      .property("SystemCallFilter", filter(true, {"exit", "read"}))
      .property("MemoryDenyWriteExecute", Value{true})
      .text("User", "nobody")
      .text("ProtectSystem", "strict")
      .text("ProtectHome", "yes")
      .text("ProtectProc", "invisible")
      .text("ProcSubset", "pid")
      .number("CapabilityBoundingSet", 1)
      .number("AmbientCapabilities", 0);
  return world;
}

Dict demanding(const std::string& name, Value value) {
  return {{name, std::move(value)}};
}

Dict demanding(const std::string& name, const std::string& value) {
  return demanding(name, Value{value});
}

// The values of x.service for each directive that the kernel shows.
const std::vector<Dict> in_force{demanding("NoNewPrivileges", Value{true}),
                                 demanding("PrivateTmp", Value{true}),
                                 demanding("PrivateDevices", Value{true}),
                                 demanding("LockPersonality", Value{true}),
                                 demanding("SystemCallFilter", "@io"),
                                 demanding("User", "nobody"),
                                 demanding("ProtectSystem", "full"),
                                 demanding("ProtectSystem", "strict"),
                                 demanding("ProtectHome", "yes"),
                                 demanding("ProtectProc", "invisible"),
                                 demanding("ProcSubset", "pid"),
                                 demanding("CapabilityBoundingSet", "CAP_CHOWN"),
                                 demanding("AmbientCapabilities", "")};

std::string verdict(World& world, const Dict& arguments) {
  const Findings findings = world.evaluate(hardening, arguments);
  EXPECT_EQ(findings.size(), 1U);
  const Finding& one = findings.at(0);
  return std::string(text(one.status)) + (one.reason.empty() ? "" : " " + one.reason);
}

std::string verdict(World&& world, const Dict& arguments) {
  return verdict(world, arguments);
}

const std::string& name_of(const Dict& arguments) {
  return arguments.begin()->first;
}

TEST(Hardening, PassesWhereUnitAndProcessHaveIt) {
  for (const Dict& demanded : in_force) {
    EXPECT_EQ(verdict(x_up(), demanded), "pass") << name_of(demanded);
  }
}

TEST(Hardening, JudgesTheOldestProcessOfTheCgroupWhereThereIsNoMainProcess) {
  const MembersKey members{"/system.slice/x.service"};
  const std::vector<Member> all{{.pid = pid, .started = TimePoint{11min}, .cgroup = ""}};
  for (const Dict& demanded : in_force) {
    World world = x_up();
    world.number("MainPID", 0).number("ControlPID", 0).with(members, all);
    EXPECT_EQ(verdict(world, demanded), "pass") << name_of(demanded);
    world.with(ProcessKey{pid}, Process{}).with(MountsKey{pid}, std::vector<Mount>());
    if (name_of(demanded) != "AmbientCapabilities" &&
        name_of(demanded) != "CapabilityBoundingSet") {
      EXPECT_EQ(verdict(world, demanded), "unknown overridden") << name_of(demanded);
    }
    world.with(members, Unseen{"unsupported", "no cgroups", ""});
    EXPECT_EQ(verdict(world, demanded), "unknown no_main_process") << name_of(demanded);
    world.with(members, std::vector<Member>());
    EXPECT_EQ(verdict(world, demanded), "pass") << name_of(demanded);
  }
}

TEST(Hardening, FailsWhereTheUnitHasLess) {
  EXPECT_EQ(verdict(x_up().property("NoNewPrivileges", Value{false}),
                    demanding("NoNewPrivileges", Value{true})),
            "fail weaker");
  EXPECT_EQ(verdict(x_up().text("ProtectSystem", "yes"), demanding("ProtectSystem", "full")),
            "fail weaker");
  EXPECT_EQ(verdict(x_up().number("CapabilityBoundingSet", 3),
                    demanding("CapabilityBoundingSet", "CAP_CHOWN")),
            "fail weaker");
  EXPECT_EQ(verdict(x_up().property("SystemCallFilter", filter(false, {})),
                    demanding("SystemCallFilter", "@io")),
            "fail weaker");
}

World with_a_free_process(std::optional<TimePoint> changed) {
  World world = x_up();
  Definition definition;
  definition.changed = changed;
  world.with(DefinitionKey{x}, definition)
      .with(ProcessKey{pid}, free_process())
      .with(MountsKey{pid}, open());
  return world;
}

TEST(Hardening, NeedsARestartWhereTheProcessIsOlderThanTheDefinition) {
  for (const Dict& demanded : in_force) {
    EXPECT_EQ(verdict(with_a_free_process(TimePoint{11min}), demanded), "fail restart_needed")
        << name_of(demanded);
  }
}

TEST(Hardening, IsOverriddenWhereItIsNot) {
  for (const Dict& demanded : in_force) {
    EXPECT_EQ(verdict(with_a_free_process(std::nullopt), demanded), "unknown overridden")
        << name_of(demanded);
  }
}

TEST(Hardening, OfWhichTheKernelTellsNothingIsThatOfTheDefinition) {
  EXPECT_EQ(
      verdict(with_a_free_process(std::nullopt), demanding("MemoryDenyWriteExecute", Value{true})),
      "pass");
}

TEST(Hardening, IsUndoneByPathsThatAreOpenedAgain) {
  const Dict strict = demanding("ProtectSystem", "strict");
  const Dict full = demanding("ProtectSystem", "full");
  EXPECT_EQ(verdict(x_up().property("ReadWritePaths", texts({"/"})), strict), "fail undone");
  EXPECT_EQ(verdict(x_up().property("ReadWritePaths", texts({"-/etc"})), full), "fail undone");
  EXPECT_EQ(verdict(x_up().property("ReadWritePaths", texts({"/var/lib/x"})), strict), "pass");
}

TEST(Hardening, TakesAnEmptyListOfDevicesForAllWhereNothingElseIsClosed) {
  const Dict null = demanding("DeviceAllow", "/dev/null rw");
  World world = x_up();
  world.property("DeviceAllow", Value{Values{}}).text("DevicePolicy", "auto");
  EXPECT_EQ(verdict(world, null), "fail weaker");
  EXPECT_EQ(verdict(world.text("DevicePolicy", "closed"), null), "pass");
}

TEST(Hardening, BoundsTheExposure) {
  const Dict at_most_2 = demanding("max_exposure", Value{2.0});
  EXPECT_EQ(verdict(x_up(), at_most_2), "pass");
  EXPECT_EQ(verdict(x_up().with(ExposureKey{x}, 2.0), at_most_2), "pass");
  EXPECT_EQ(verdict(x_up().with(ExposureKey{x}, 2.1), at_most_2), "fail exposed");
  EXPECT_EQ(
      verdict(x_up().with(ExposureKey{x}, Unseen{"unsupported", "no such program", ""}), at_most_2),
      "unknown unsupported");
}

TEST(Hardening, AsksForTheExposureByTheCanonicalName) {
  World world = x_up();
  world.with(UnitKey{x}, testing::a_unit("y.service", ActiveState::active, "running"))
      .with(ExposureKey{"y.service"}, 9.6);
  EXPECT_EQ(verdict(world, demanding("max_exposure", Value{std::int64_t{2}})), "fail exposed");
}

TEST(Hardening, IsSkippedWithoutADefinition) {
  World world = x_up();
  world.with(UnitKey{x}, testing::a_unit(x, ActiveState::inactive, "dead", LoadState::masked));
  EXPECT_EQ(verdict(world, {{"NoNewPrivileges", Value{true}}, {"max_exposure", Value{2.0}}}),
            "skip not_loaded");
}

TEST(Hardening, OfAUnitThatIsDownIsThatOfItsDefinition) {
  World world = with_a_free_process(std::nullopt);
  world.with(UnitKey{x}, testing::a_unit(x, ActiveState::inactive, "dead"));
  EXPECT_EQ(verdict(world, demanding("ProtectSystem", "strict")), "pass");
}

TEST(Hardening, IsUnknownWithoutTheGroupsOfSystemCalls) {
  World world = x_up();
  world.with(SyscallGroupsKey{}, Unseen{"unsupported", "systemd-analyze cannot be run", ""});
  EXPECT_EQ(verdict(world, demanding("SystemCallFilter", "@io")), "unknown unsupported");
}

TEST(Hardening, HoldsMistakesWithTheirPlaces) {
  ConfigErrors errors;
  (void)hardening.bind({{"ProtectSystem", Value{std::string("most")}},
                        {"ProtectSytsem", Value{true}},
                        {"max_exposure", Value{11.0}}},
                       "/checks/hardening", errors);
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors[0].pointer, "/checks/hardening/ProtectSystem");
  EXPECT_EQ(errors[1].expected, "perhaps 'ProtectSystem'");
  EXPECT_EQ(errors[2].pointer, "/checks/hardening/max_exposure");
}

TEST(Hardening, IsCapturedWhereTheDefinitionNamesIt) {
  World world = x_up();
  UnitFile fragment{.exists = true,
                    .directives = {{"Service", "NoNewPrivileges", "yes"},
                                   {"Service", "CapabilityBoundingSet", "CAP_CHOWN"}}};
  world.text("FragmentPath", "/etc/x.service")
      .property("DropInPaths", texts({}))
      .with(UnitFileKey{"/etc/x.service"}, fragment);
  const Dict expected{{"CapabilityBoundingSet", Value{std::string("CAP_CHOWN")}},
                      {"NoNewPrivileges", Value{true}}};
  EXPECT_EQ(world.capture(hardening), expected);
}

TEST(Hardening, NeedsARestartWhereThePrivateTmpWasRemoved) {
  World world = x_up();
  auto mounts = sandboxed();
  for (Mount& each : mounts) {
    each.root += each.path == "/tmp" ? "//deleted" : "";
  }
  world.property("PrivateTmp", Value{true}).with(MountsKey{pid}, mounts);
  EXPECT_EQ(verdict(world, {{"PrivateTmp", Value{true}}}), "fail restart_needed");
}
}  // namespace
}  // namespace checklist::checks
