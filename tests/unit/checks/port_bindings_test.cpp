// SPDX-License-Identifier: MIT
#include <algorithm>

#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/world.hpp"

namespace checklist::checks {
extern const CheckDef port_bindings;

namespace {
using namespace std::chrono_literals;
using testing::a_unit;
using testing::a_world;
using testing::World;

const std::string us = "/system.slice/x.service";

Listener tcp(std::string address, std::uint16_t port, std::string cgroup = us) {
  return {.protocol = Protocol::tcp,
          .address = std::move(address),
          .port = port,
          .uid = 0,
          .cgroup_id = 7,
          .cgroup = std::move(cgroup)};
}

Listener udp(std::string address, std::uint16_t port, std::string cgroup = us) {
  Listener out = tcp(std::move(address), port, std::move(cgroup));
  out.protocol = Protocol::udp;
  return out;
}

Value texts(const std::vector<std::string>& all) {
  Values out;
  for (const auto& each : all) {
    out.push_back(Value{each});
  }
  return Value{out};
}

Dict listening(const std::vector<std::string>& addresses, const std::string& extra = "loopback") {
  return {{"listen", texts(addresses)}, {"extra", Value{extra}}};
}

// x.service in that state since one hour, with these sockets on the host.
World x_in(ActiveState active, std::string sub, std::vector<Listener> listeners) {
  std::ranges::sort(listeners);
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", active, std::move(sub)))
      .with(ListenersKey{}, listeners)
      .with(LocalPortsKey{}, PortRange{})
      .with(HostAddressesKey{},
            HostAddresses{.addresses = {"10.0.0.1", "127.0.0.0/8", "::1"}, .has_ipv6 = true})
      .number("ActiveEnterTimestampMonotonic", 1'000'000)
      .number("StateChangeTimestampMonotonic", 1'000'000)
      .number("UID", UINT32_MAX)
      .text("ControlGroup", active == ActiveState::active ? us : "")
      .text("Type", "simple")
      .text("Result", "success")
      .text("FreezerState", "running")
      .text("NetworkNamespacePath", "")
      .property("PrivateNetwork", Value{false})
      .property("RuntimeDirectory", Value{Values{}})
      .property("TriggeredBy", Value{Values{}})
      .at(1h);
  return world;
}

World x_up(std::vector<Listener> listeners) {
  return x_in(ActiveState::active, "running", std::move(listeners));
}

World x_down(std::vector<Listener> listeners) {
  return x_in(ActiveState::failed, "failed", std::move(listeners));
}

World& with_socket(World& world, ActiveState active, const std::string& type,
                   const std::string& address) {
  return world.property("TriggeredBy", texts({"x.socket"}))
      .with(UnitKey{"x.socket"}, a_unit("x.socket", active, "listening"))
      .with(PropertyKey{"x.socket", "Listen"}, Value{Values{texts({type, address})}});
}

// "fail wider", of the worst finding.
std::string verdict(World& world, const Dict& arguments) {
  const Findings findings = world.evaluate(port_bindings, arguments);
  const auto at = std::ranges::max_element(findings, {}, &Finding::status);
  return std::string(text(at->status)) + (at->reason.empty() ? "" : " " + at->reason);
}

std::string verdict(World&& world, const Dict& arguments) {
  return verdict(world, arguments);
}

std::string observed(World&& world, const Dict& arguments) {
  const Findings findings = world.evaluate(port_bindings, arguments);
  return std::ranges::max_element(findings, {}, &Finding::status)->observed;
}

std::string hint(World&& world, const Dict& arguments) {
  const Findings findings = world.evaluate(port_bindings, arguments);
  return std::ranges::max_element(findings, {}, &Finding::status)->hint;
}

const Dict on_8080 = listening({"tcp:127.0.0.1:8080"});

TEST(PortBindings, PassesWhereTheUnitListensAsDeclared) {
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080)}), on_8080), "pass");
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080, us + "/worker")}), on_8080), "pass");
  EXPECT_EQ(verdict(x_up({udp("::1", 53)}), listening({"udp:[::1]:53"})), "pass");
}

TEST(PortBindings, TakesOneSocketOfBothFamiliesOrTwoForTheStar) {
  Listener v6only = tcp("::", 22);
  v6only.v6only = true;
  const Dict star = listening({"tcp:*:22"});
  const Dict both = listening({"tcp:0.0.0.0:22", "tcp:[::]:22"});
  for (const Dict& declared : {star, both}) {
    EXPECT_EQ(verdict(x_up({tcp("::", 22)}), declared), "pass");
    EXPECT_EQ(verdict(x_up({tcp("0.0.0.0", 22), v6only}), declared), "pass");
    EXPECT_EQ(verdict(x_up({tcp("0.0.0.0", 22)}), declared), "fail missing");
    EXPECT_EQ(verdict(x_up({v6only}), declared), "fail missing");
  }
  EXPECT_EQ(verdict(x_up({tcp("::", 22)}), listening({"tcp:[::]:22"})), "pass");
  EXPECT_EQ(verdict(x_up({v6only}), listening({"tcp:[::]:22"})), "pass");
}

TEST(PortBindings, FailsOnAWiderAddressThanDeclared) {
  Listener v6only = tcp("::", 8080);
  v6only.v6only = true;
  for (const Listener& wide : {tcp("0.0.0.0", 8080), tcp("::", 8080), v6only}) {
    World world = x_up({wide});
    const Findings findings = world.evaluate(port_bindings, on_8080);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].reason, "wider");
    EXPECT_EQ(findings[1].status, Status::pass) << "it is no extra listener, too";
    EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080), wide}), on_8080), "fail wider");
  }
  EXPECT_EQ(verdict(x_up({tcp("::", 80)}), listening({"tcp:0.0.0.0:80"})), "fail wider");
  EXPECT_EQ(verdict(x_up({tcp("0.0.0.0", 80)}), listening({"tcp:10.0.0.1:80"})), "fail wider");
}

TEST(PortBindings, FailsWhereNobodyListens) {
  EXPECT_EQ(verdict(x_up({}), on_8080), "fail missing");
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 9999)}), on_8080), "fail missing") << "another port";
  EXPECT_EQ(verdict(x_up({udp("127.0.0.1", 8080)}), on_8080), "fail missing");
  EXPECT_EQ(observed(x_up({tcp("127.0.0.2", 8080)}), on_8080),
            "x.service is listening on tcp:127.0.0.2:8080 instead");
}

TEST(PortBindings, FailsOnAnAddressThatTheHostLacks) {
  const auto on_host = [](const Listener& listener) {
    World world = x_up({listener});
    world.spec().settle = 30s;
    return world;
  };
  EXPECT_EQ(verdict(on_host(tcp("10.0.0.1", 80)), listening({"tcp:10.0.0.1:80"})), "pass");
  EXPECT_EQ(verdict(on_host(tcp("10.0.0.2", 80)), listening({"tcp:10.0.0.2:80"})),
            "fail unreachable");
  EXPECT_EQ(observed(on_host(tcp("10.0.0.2", 80)), listening({"tcp:10.0.0.2:80"})),
            "x.service is listening on tcp:10.0.0.2:80, but the host does not have this address");
  EXPECT_EQ(observed(x_up({}), listening({"tcp:10.0.0.2:80"})),
            "nothing is listening on tcp:10.0.0.2:80, and the host does not have this address");
}

TEST(PortBindings, WaitsForTheAddressOfTheHostUntilTheUnitHasSettled) {
  World world = x_up({tcp("10.0.0.2", 80)});
  world.number("ActiveEnterTimestampMonotonic", 3'595'000'000);
  EXPECT_EQ(verdict(world, listening({"tcp:10.0.0.2:80"})), "unknown settling");
}

TEST(PortBindings, HintsAtWhatNarrowsAWiderAddress) {
  EXPECT_EQ(hint(x_up({tcp("0.0.0.0", 8080)}), on_8080),
            "make x.service listen on tcp:127.0.0.1:8080 only, then run "
            "`systemctl restart x.service`");
  EXPECT_EQ(hint(x_up({tcp("::", 80)}), listening({"tcp:0.0.0.0:80"})),
            "declare `tcp:*:80` in `listen` if IPv6 is meant to be served, too; otherwise make "
            "x.service listen on IPv4 only");
  World world = x_up({tcp("::", 8080, "/system.slice/x.socket")});
  with_socket(world, ActiveState::active, "Stream", "[::]:8080");
  EXPECT_EQ(hint(std::move(world), on_8080),
            "run `systemctl edit x.socket` to replace its address: `ListenStream=`, then "
            "`ListenStream=127.0.0.1:8080`; then run `systemctl stop x.service` and "
            "`systemctl restart x.socket`");
}

TEST(PortBindings, NamesWhoElseListensThere) {
  const std::string session = "/user.slice/user-0.slice/session-3.scope";
  for (World& world : std::array{x_up({tcp("127.0.0.1", 8080, "/system.slice/y.service")}),
                                 x_down({tcp("127.0.0.1", 8080, "/system.slice/y.service")}),
                                 x_down({tcp("0.0.0.0", 8080, "/system.slice/y.service")})}) {
    EXPECT_EQ(verdict(world, on_8080), "fail foreign");
  }
  EXPECT_EQ(observed(x_down({tcp("127.0.0.1", 8080, "/system.slice/y.service")}), on_8080),
            "y.service is listening on tcp:127.0.0.1:8080");
  EXPECT_EQ(observed(x_down({tcp("127.0.0.1", 8080, "/")}), on_8080),
            "a process outside any unit (user 0) is listening on tcp:127.0.0.1:8080");
  EXPECT_EQ(observed(x_down({tcp("127.0.0.1", 8080, session)}), on_8080),
            "a process of a login session (user 0) is listening on tcp:127.0.0.1:8080");
  EXPECT_EQ(observed(x_up({tcp("::", 8080, "/system.slice/docker.service")}), on_8080),
            "docker.service is listening on tcp:127.0.0.1:8080");
}

TEST(PortBindings, FailsWhenAnotherSharesThePortByReusePort) {
  const auto both = {tcp("127.0.0.1", 8080), tcp("127.0.0.1", 8080, "/system.slice/y.service")};
  EXPECT_EQ(verdict(x_up(both), on_8080), "fail foreign");
}

TEST(PortBindings, LetsOthersHaveTheSamePortElsewhere) {
  const std::string other = "/system.slice/y.service";
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080), tcp("127.0.0.2", 8080, other),
                          tcp("0.0.0.0", 8080, other), udp("127.0.0.1", 8080, other)}),
                    on_8080),
            "pass");
  EXPECT_EQ(verdict(x_up({udp("0.0.0.0", 5353), udp("0.0.0.0", 5353, other)}),
                    listening({"udp:0.0.0.0:5353"})),
            "pass")
      << "multicast ports are shared";
}

TEST(PortBindings, IsSkippedWhileTheUnitIsNotUp) {
  EXPECT_EQ(verdict(x_down({}), on_8080), "skip not_up");
  EXPECT_EQ(verdict(x_down({tcp("127.0.0.1", 8080)}), on_8080), "skip not_up")
      << "its own socket, listed before it died";
  EXPECT_EQ(verdict(x_in(ActiveState::activating, "auto-restart", {}), on_8080), "skip not_up");
  EXPECT_EQ(verdict(x_in(ActiveState::activating, "start", {}), on_8080), "skip not_up");
  EXPECT_EQ(verdict(x_in(ActiveState::deactivating, "stop-sigterm", {}), on_8080), "skip not_up");
  EXPECT_EQ(verdict(x_up({}).text("FreezerState", "frozen"), on_8080), "skip not_up");
  const Listener other = tcp("127.0.0.1", 8080, "/system.slice/y.service");
  EXPECT_EQ(verdict(x_in(ActiveState::activating, "auto-restart", {other}), on_8080),
            "fail foreign");
  EXPECT_EQ(verdict(x_in(ActiveState::activating, "start", {other}), on_8080), "fail foreign");
}

TEST(PortBindings, WaitsForAMissingListenerUntilTheUnitHasSettled) {
  const auto fresh = [](std::vector<Listener> listeners) {
    return x_up(std::move(listeners)).number("ActiveEnterTimestampMonotonic", 3'595'000'000);
  };
  World world = fresh({});
  EXPECT_EQ(verdict(world, on_8080), "unknown settling");
  EXPECT_EQ(world.wake_at(), monotonic(3'625'000'000));
  EXPECT_EQ(verdict(world.at(3625s), on_8080), "fail missing");
  EXPECT_EQ(verdict(fresh({tcp("127.0.0.1", 8080)}), on_8080), "pass");
  EXPECT_EQ(verdict(fresh({tcp("0.0.0.0", 8080)}), on_8080), "fail wider") << "at once";
  EXPECT_EQ(verdict(fresh({tcp("0.0.0.0", 8080, "/")}), on_8080), "fail foreign") << "at once";
  EXPECT_EQ(verdict(fresh({tcp("127.0.0.1", 8080), tcp("0.0.0.0", 1)}), on_8080), "fail extra");
}

TEST(PortBindings, IsJudgedWhileTheUnitReloads) {
  EXPECT_EQ(verdict(x_in(ActiveState::reloading, "reload", {}), on_8080), "fail missing");
}

TEST(PortBindings, FailsOnAnExtraListenerAsExtraSays) {
  const auto with = [](const Listener& extra) { return x_up({tcp("127.0.0.1", 8080), extra}); };
  const Dict deny = listening({"tcp:127.0.0.1:8080"}, "deny");
  const Dict allow = listening({"tcp:127.0.0.1:8080"}, "allow");
  for (const Listener& wide :
       {tcp("0.0.0.0", 81), tcp("::", 81), tcp("10.0.0.1", 8080), udp("0.0.0.0", 81)}) {
    EXPECT_EQ(verdict(with(wide), on_8080), "fail extra") << wide.address;
    EXPECT_EQ(verdict(with(wide), deny), "fail extra") << wide.address;
    EXPECT_EQ(verdict(with(wide), allow), "pass") << wide.address;
  }
  EXPECT_EQ(verdict(with(tcp("127.0.0.1", 81)), on_8080), "pass");
  EXPECT_EQ(verdict(with(tcp("::ffff:127.0.0.1", 81)), on_8080), "pass");
  EXPECT_EQ(verdict(with(tcp("127.0.0.1", 81)), deny), "fail extra");
  EXPECT_EQ(verdict(with(tcp("0.0.0.0", 81, "/system.slice/y.service")), deny), "pass");
  EXPECT_EQ(verdict(x_up({tcp("0.0.0.0", 81)}), listening({})), "fail extra");
}

TEST(PortBindings, TakesAUdpClientForNoService) {
  EXPECT_EQ(verdict(x_up({udp("0.0.0.0", 40000)}), listening({}, "deny")), "pass");
  EXPECT_EQ(verdict(x_up({udp("0.0.0.0", 40000)})
                        .with(LocalPortsKey{}, PortRange{.first = 50000, .last = 60000}),
                    listening({})),
            "fail extra");
  EXPECT_EQ(verdict(x_up({udp("0.0.0.0", 40000)})
                        .with(LocalPortsKey{}, Unseen{"unsupported", "not there", ""}),
                    listening({})),
            "unknown unsupported");
}

TEST(PortBindings, DoesNotNameAPortThatTheKernelChose) {
  World world = x_up({tcp("0.0.0.0", 40001), tcp("0.0.0.0", 40002)});
  const Findings findings = world.evaluate(port_bindings, listening({}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "tcp:0.0.0.0 on an ephemeral port");
  EXPECT_EQ(findings[0].observed.find("4000"), std::string::npos);
  EXPECT_NE(findings[0].details.find("tcp:0.0.0.0:40002"), std::string::npos);
}

TEST(PortBindings, NamesTheUsersManagerInHintsForAUsersUnit) {
  World missing = x_up({});
  missing.spec().user = "dev";
  EXPECT_THAT(missing.evaluate(port_bindings, on_8080)[0].hint,
              ::testing::HasSubstr("`journalctl --user -u x.service`"));
  World stopped = x_up({});
  stopped.spec().user = "dev";
  with_socket(stopped, ActiveState::inactive, "Stream", "127.0.0.1:8080");
  EXPECT_EQ(stopped.evaluate(port_bindings, on_8080)[0].hint,
            "run `systemctl --user start x.socket`");
  stopped.spec().user.clear();
  EXPECT_EQ(stopped.evaluate(port_bindings, on_8080)[0].hint, "run `systemctl start x.socket`");
}

TEST(PortBindings, JudgesAnIdleServiceByItsSocketUnit) {
  const std::string cgroup = "/system.slice/x.socket";
  World idle = x_in(ActiveState::inactive, "dead", {tcp("127.0.0.1", 8080, cgroup)});
  with_socket(idle, ActiveState::active, "Stream", "127.0.0.1:8080");
  EXPECT_EQ(verdict(idle, on_8080), "pass");
  idle.with(ListenersKey{}, std::vector<Listener>{});
  EXPECT_EQ(verdict(idle, on_8080), "fail missing");
  idle.with(ListenersKey{}, std::vector{tcp("0.0.0.0", 8080, cgroup)});
  EXPECT_EQ(verdict(idle, on_8080), "fail wider");
}

TEST(PortBindings, FailsWhenTheSocketUnitIsStopped) {
  World idle = x_in(ActiveState::inactive, "dead", {});
  with_socket(idle, ActiveState::inactive, "Stream", "127.0.0.1:8080");
  EXPECT_EQ(verdict(idle, on_8080), "fail socket_stopped");
  World running = x_up({tcp("127.0.0.1", 8080, "/system.slice/x.socket")});
  with_socket(running, ActiveState::inactive, "Stream", "127.0.0.1:8080");
  EXPECT_EQ(verdict(running, on_8080), "fail socket_stopped") << "the service still has it";
  running.with(ListenersKey{}, std::vector{tcp("127.0.0.1", 8080)});
  EXPECT_EQ(verdict(running, on_8080), "pass") << "the service opened it itself";
  Unit queued = a_unit("x.socket", ActiveState::inactive, "dead");
  queued.job = 3;
  EXPECT_EQ(verdict(idle.with(UnitKey{"x.socket"}, queued), on_8080), "skip not_up");
}

TEST(PortBindings, CannotTellWhoseASocketOfARemovedCgroupIs) {
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080, "")}), on_8080), "unknown owner");
  EXPECT_EQ(verdict(x_up({tcp("127.0.0.1", 8080, "")})
                        .with(RecordKey{"x.service"},
                              Record{.last_run = {}, .started_by_boot = {}, .cgroup_ids = {7}}),
                    on_8080),
            "pass")
      << "it had that cgroup earlier";
  EXPECT_EQ(verdict(x_down({tcp("127.0.0.1", 8080, "")}), on_8080), "skip not_up");
}

TEST(PortBindings, DoesNotSeeIntoANetworkNamespace) {
  EXPECT_EQ(verdict(x_up({}).property("PrivateNetwork", Value{true}), on_8080),
            "unknown own_network");
  EXPECT_EQ(verdict(x_up({}).text("NetworkNamespacePath", "/run/netns/a"), on_8080),
            "unknown own_network");
  EXPECT_EQ(
      verdict(x_up({tcp("127.0.0.1", 8080)}).property("PrivateNetwork", Value{true}), on_8080),
      "pass");
}

TEST(PortBindings, IsUnknownWhenSocketsCouldNotBeRead) {
  World world = x_up({});
  world.with(ListenersKey{}, Unseen{"permission", "no netlink", "allow it"});
  EXPECT_EQ(verdict(world, on_8080), "unknown permission");
  world.with(UnitKey{"x.service"}, Unseen{"bus", "gone", ""});
  EXPECT_EQ(verdict(world, on_8080), "unknown bus");
}

TEST(PortBindings, IsPendingUntilSomebodyLooked) {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::active, "running"));
  EXPECT_EQ(worst(world.evaluate(port_bindings, on_8080)), Status::unknown);
  EXPECT_TRUE(world.pending());
  EXPECT_TRUE(world.asked_for(ListenersKey{}));
}

TEST(PortBindings, RefusesWhatIsNoAddress) {
  EXPECT_EQ(verdict(x_up({}), listening({"localhost:80"})), "unknown error");
  EXPECT_EQ(verdict(x_up({}), listening({}, "none")), "unknown error");
}

TEST(PortBindings, ACapturedUnitPasses) {
  World world =
      x_up({tcp("127.0.0.1", 8080), tcp("::", 22), tcp("127.0.0.1", 40000), udp("0.0.0.0", 53),
            udp("127.0.0.1", 50000), tcp("0.0.0.0", 9999, "/system.slice/y.service")});
  const Dict captured = world.capture(port_bindings);
  EXPECT_EQ(captured,
            (Dict{{"listen", texts({"tcp:*:22", "tcp:127.0.0.1:8080", "udp:0.0.0.0:53"})}}));
  EXPECT_EQ(verdict(world, captured), "pass");
  World silent = x_up({});
  EXPECT_EQ(verdict(silent, silent.capture(port_bindings)), "pass");
}

TEST(PortBindings, FailsWhereAProcessThatTheUnitLeftBehindListens) {
  World world = x_down({tcp("127.0.0.1", 8080)});
  world.text("ControlGroup", us)
      .with(MembersKey{us}, std::vector<Member>{{.pid = 50, .started = TimePoint{}, .cgroup = {}}});
  EXPECT_EQ(verdict(world, on_8080), "fail leftover");
  const Findings findings = world.evaluate(port_bindings, on_8080);
  EXPECT_NE(findings.front().hint.find("systemctl kill x.service"), std::string::npos);
  EXPECT_EQ(verdict(x_down({}), on_8080), "skip not_up");
}

// x.service is up since a second after boot; process 50 is older.
World with_an_earlier_process(const Observed<HeldFiles>& held) {
  World world = x_up({tcp("127.0.0.1", 8080)});
  world.number("InactiveEnterTimestampMonotonic", 1'000'000)
      .property("Delegate", Value{false})
      .with(MembersKey{us}, std::vector<Member>{{.pid = 50, .started = TimePoint{}, .cgroup = {}}})
      .with(HeldFilesKey{us}, held);
  return world;
}

TEST(PortBindings, FailsWhereAProcessOfAnEarlierRunListens) {
  EXPECT_EQ(verdict(with_an_earlier_process(HeldFiles{.listening = {50}}), on_8080),
            "fail leftover");
  EXPECT_EQ(verdict(with_an_earlier_process(HeldFiles{.listening = {100}}), on_8080), "pass");
  EXPECT_EQ(verdict(with_an_earlier_process(Unseen{"permission", "access denied", ""}), on_8080),
            "unknown leftover");
}
}  // namespace
}  // namespace checklist::checks
