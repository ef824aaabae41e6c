// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"
#include "support/unit_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef firewall;

namespace {
using checklist::testing::HostWorld;
using checklist::testing::texts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Listener listener(std::string address, std::uint16_t port, Protocol protocol = Protocol::tcp) {
  return {.protocol = protocol,
          .address = std::move(address),
          .port = port,
          .uid = 0,
          .cgroup_id = 7,
          .cgroup = "/system.slice/web.service"};
}

HostWorld world_with(std::vector<Listener> listeners) {
  HostWorld world;
  world.with(ListenersKey{}, std::move(listeners)).with(LocalPortsKey{}, PortRange{});
  return world;
}

Dict opens(const std::vector<std::string>& open, const std::vector<std::string>& allow = {}) {
  return {{"open", texts(open)}, {"allow", texts(allow)}};
}

TEST(Firewall, PassesWhereOpenPortsAndListenersAgree) {
  HostWorld world = world_with({listener("::", 80), listener("127.0.0.1", 9090)});
  EXPECT_THAT(world.verdicts(firewall, opens({"tcp:80"})), ElementsAre("pass"));
  EXPECT_THAT(world.evaluate(firewall, opens({"tcp:80"}))[0].observed,
              HasSubstr("* (web.service)"));
}

TEST(Firewall, FailsWhereNothingListensOnAnOpenPort) {
  HostWorld world = world_with({listener("0.0.0.0", 80, Protocol::udp)});
  EXPECT_THAT(world.verdicts(firewall, opens({"tcp:80", "udp:80"})),
              ElementsAre("fail not_listening tcp:80"));
}

TEST(Firewall, FailsWhereTheListenerOfAnOpenPortIsOnLoopback) {
  HostWorld world = world_with({listener("127.0.0.1", 80)});
  EXPECT_THAT(world.verdicts(firewall, opens({"tcp:80"})),
              ElementsAre("fail not_listening tcp:80"));
  EXPECT_EQ(world.evaluate(firewall, opens({"tcp:80"}))[0].observed,
            "only on loopback: 127.0.0.1 (web.service)");
}

TEST(Firewall, LeavesDeclaredPortsToTheirSpec) {
  HostWorld world = world_with({});
  Spec spec;
  spec.unit = "web.service";
  spec.checks["port_bindings"] = {{"listen", texts({"tcp:*:80"})}};
  world.with(spec);
  EXPECT_THAT(world.verdicts(firewall, opens({"tcp:80", "udp:80"})),
              ElementsAre("fail not_listening udp:80"));
}

TEST(Firewall, NeedsNoListenerInARange) {
  HostWorld world = world_with({listener("0.0.0.0", 60123, Protocol::udp)});
  EXPECT_THAT(world.verdicts(firewall, opens({"udp:60000-61000", "tcp:1714-1764"})),
              ElementsAre("pass"));
}

TEST(Firewall, FailsWhereAProcessListensOnAClosedPort) {
  HostWorld world =
      world_with({listener("0.0.0.0", 9100), listener("::1", 9101), listener("10.0.0.1", 9102)});
  EXPECT_THAT(world.verdicts(firewall, opens({})),
              ElementsAre("fail not_open tcp:9100", "fail not_open tcp:9102"));
  EXPECT_THAT(world.verdicts(firewall, opens({"tcp:9102"}, {"tcp:9100"})), ElementsAre("pass"));
}

TEST(Firewall, SaysOnceThatAPortOfBothFamiliesIsClosed) {
  HostWorld world = world_with({listener("0.0.0.0", 9100), listener("fe80::1", 9100)});
  const Findings findings = world.evaluate(firewall, opens({}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].observed,
            "closed, and listened on: 0.0.0.0 (web.service), fe80::1 (web.service)");
}

TEST(Firewall, LeavesOutDatagramSocketsOfTheEphemeralRange) {
  HostWorld world =
      world_with({listener("0.0.0.0", 40000, Protocol::udp), listener("0.0.0.0", 40000),
                  listener("0.0.0.0", 5353, Protocol::udp)});
  EXPECT_THAT(world.verdicts(firewall, opens({})),
              ElementsAre("fail not_open tcp:40000", "fail not_open udp:5353"));
}

TEST(Firewall, IsUnknownWhereItCannotSee) {
  HostWorld world;
  world.with(ListenersKey{}, Unseen{"own_sandbox", "no AF_NETLINK", ""})
      .with(LocalPortsKey{}, PortRange{});
  EXPECT_THAT(world.verdicts(firewall, opens({})), ElementsAre("unknown own_sandbox listeners"));
  world.with(ListenersKey{}, std::vector<Listener>{})
      .with(LocalPortsKey{}, Unseen{"permission", "no", ""});
  EXPECT_THAT(world.verdicts(firewall, opens({})), ElementsAre("unknown permission closed ports"));
}
}  // namespace
}  // namespace checklist::host_checks
