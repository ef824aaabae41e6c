// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"
#include "support/unit_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef port_conflicts;

namespace {
using checklist::testing::HostWorld;
using checklist::testing::texts;
using ::testing::ElementsAre;

Spec spec_of(std::string unit, const std::vector<std::string>& listen, std::string user = {}) {
  Spec spec;
  spec.unit = std::move(unit);
  spec.user = std::move(user);
  spec.checks["port_bindings"] = {{"listen", texts(listen)}};
  return spec;
}

Listener listener(std::string address, std::string unit, Protocol protocol = Protocol::tcp) {
  return {.protocol = protocol,
          .address = std::move(address),
          .port = 80,
          .uid = 0,
          .cgroup_id = 7,
          .cgroup = "/system.slice/" + unit};
}

// Each of the units is loaded, under its own name, and triggers nothing.
HostWorld world_with(std::vector<Listener> listeners, const std::vector<std::string>& units) {
  HostWorld world;
  world.with(ListenersKey{}, std::move(listeners));
  for (const std::string& unit : units) {
    Unit known;
    known.id = unit;
    world.with(UnitKey{unit}, known).with(PropertyKey{unit, "Triggers"}, Value{Values{}});
  }
  return world;
}

const std::vector<std::string> ab{"a.service", "b.service"};

TEST(PortConflicts, PassWhereEachHasItsOwn) {
  HostWorld world = world_with({listener("127.0.0.1", "a.service")}, ab);
  world.with(spec_of("a.service", {"tcp:127.0.0.1:80"}))
      .with(spec_of("b.service", {"tcp:127.0.0.1:81", "udp:127.0.0.1:80"}));
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
}

TEST(PortConflicts, FailWhereTwoSpecsDeclareOneAddress) {
  HostWorld world = world_with({}, ab);
  world.with(spec_of("a.service", {"tcp:127.0.0.1:80"}))
      .with(spec_of("b.service", {"tcp:127.0.0.1:80"}));
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("fail declared_twice tcp:127.0.0.1:80"));
  EXPECT_EQ(world.evaluate(port_conflicts)[0].observed,
            "a.service and b.service declare tcp:127.0.0.1:80");
}

TEST(PortConflicts, FailWhereOneIsWiderThanTheOther) {
  HostWorld world = world_with({}, ab);
  world.with(spec_of("a.service", {"tcp:0.0.0.0:80"}))
      .with(spec_of("b.service", {"tcp:127.0.0.1:80"}));
  EXPECT_EQ(world.evaluate(port_conflicts)[0].observed,
            "a.service and b.service declare tcp:127.0.0.1:80, one of them as tcp:0.0.0.0:80");
}

TEST(PortConflicts, FailAcrossManagers) {
  HostWorld world = world_with({}, ab);
  world.with(spec_of("a.service", {"tcp:127.0.0.1:80"}))
      .with(spec_of("b.service", {"tcp:127.0.0.1:80"}, "dev"));
  EXPECT_EQ(world.evaluate(port_conflicts)[0].observed,
            "a.service and dev/b.service declare tcp:127.0.0.1:80");
}

TEST(PortConflicts, LeaveOutSpecsThatAreOff) {
  HostWorld world = world_with({}, ab);
  Spec off = spec_of("b.service", {"tcp:127.0.0.1:80"});
  off.enabled = false;
  world.with(spec_of("a.service", {"tcp:127.0.0.1:80"})).with(off);
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
}

TEST(PortConflicts, TakeAUnitAndItsSocketForOne) {
  HostWorld world =
      world_with({listener("127.0.0.1", "a.service"), listener("127.0.0.1", "a.socket")},
                 {"a.service", "a.socket"});
  world.with(spec_of("a.service", {"tcp:127.0.0.1:80"}))
      .with(spec_of("a.socket", {"tcp:127.0.0.1:80"}))
      .with(PropertyKey{"a.socket", "Triggers"}, texts({"a.service"}));
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
}

TEST(PortConflicts, TakeAnAliasForItsUnit) {
  HostWorld world = world_with({}, ab);
  Unit alias;
  alias.id = "b.service";
  world.with(UnitKey{"a.service"}, alias)
      .with(spec_of("a.service", {"tcp:127.0.0.1:80"}))
      .with(spec_of("b.service", {"tcp:127.0.0.1:80"}));
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
}

TEST(PortConflicts, FailWhereTwoUnitsHoldOneAddress) {
  HostWorld world =
      world_with({listener("0.0.0.0", "a.service"), listener("127.0.0.1", "b.service")}, ab);
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("fail held_twice tcp:127.0.0.1:80"));
}

TEST(PortConflicts, TakeSeveralSocketsOfOneUnitForOne) {
  HostWorld world = world_with(
      {listener("127.0.0.1", "a.service"), listener("127.0.0.1", "a.service/worker")}, ab);
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
}

TEST(PortConflicts, LookAtSharedUdpOnlyWhereASpecDeclaresIt) {
  HostWorld world = world_with({listener("0.0.0.0", "a.service", Protocol::udp),
                                listener("0.0.0.0", "b.service", Protocol::udp)},
                               ab);
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("pass"));
  world.with(spec_of("a.service", {"udp:0.0.0.0:80"}));
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("fail held_twice udp:0.0.0.0:80"));
}

TEST(PortConflicts, AreUnknownWhereListenersCannotBeSeen) {
  HostWorld world;
  world.with(ListenersKey{}, Unseen{"own_sandbox", "no AF_NETLINK", ""});
  EXPECT_THAT(world.verdicts(port_conflicts), ElementsAre("unknown own_sandbox listeners"));
}
}  // namespace
}  // namespace checklist::host_checks
