// SPDX-License-Identifier: MIT
// port_bindings on unix sockets.
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

const std::string path = "/run/clamav/clamd.ctl";

Value texts(const std::vector<std::string>& all) {
  Values out;
  for (const auto& each : all) {
    out.push_back(Value{each});
  }
  return Value{out};
}

Dict listening(const std::string& address) {
  return {{"listen", texts({address})}};
}

const Dict on_path = listening("unix:" + path);

Listener a_listener(std::string address, std::uint64_t inode, std::uint32_t uid = 0) {
  return {.protocol = Protocol::unix_stream,
          .address = std::move(address),
          .uid = uid,
          .cgroup = {},
          .device = inode == 0 ? 0U : 21U,
          .inode = inode};
}

FileStatus a_file(std::string type, std::uint64_t inode, std::uint32_t device = 21) {
  return {.type = std::move(type), .device = device, .inode = inode, .target = {}};
}

UnixPeer a_peer(std::string cgroup, std::uint32_t uid = 0) {
  return {.pid = 1234, .uid = uid, .cgroup = std::move(cgroup)};
}

World x_in(ActiveState active, std::string sub) {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", active, std::move(sub)))
      .with(ListenersKey{}, std::vector{a_listener(path, 99)})
      .with(FileKey{path}, a_file("socket", 99))
      .with(UnixPeerKey{path}, a_peer("/system.slice/x.service"))
      .with(LocalPortsKey{}, PortRange{})
      .number("ActiveEnterTimestampMonotonic", 1'000'000)
      .number("StateChangeTimestampMonotonic", 1'000'000)
      .number("UID", UINT32_MAX)
      .text("ControlGroup", "")
      .text("Type", "simple")
      .text("Result", "success")
      .text("FreezerState", "running")
      .property("RuntimeDirectory", Value{Values{}})
      .property("TriggeredBy", Value{Values{}})
      .at(1h);
  return world;
}

World x_up() {
  return x_in(ActiveState::active, "running");
}

World& with_socket(World& world, ActiveState active) {
  return world.property("TriggeredBy", texts({"x.socket"}))
      .with(UnitKey{"x.socket"}, a_unit("x.socket", active, "listening"))
      .with(PropertyKey{"x.socket", "Listen"}, Value{Values{texts({"Stream", path})}});
}

std::string verdict(World& world, const Dict& arguments = on_path) {
  const Finding finding = world.evaluate(port_bindings, arguments)[0];
  return std::string(text(finding.status)) + (finding.reason.empty() ? "" : " " + finding.reason);
}

std::string verdict(World&& world, const Dict& arguments = on_path) {
  return verdict(world, arguments);
}

TEST(PortBindingsUnix, PassesWhereAProcessOfTheUnitAnswers) {
  EXPECT_EQ(verdict(x_up()), "pass");
}

TEST(PortBindingsUnix, FailsOnAFileThatWasLeftBehind) {
  EXPECT_EQ(verdict(x_up().with(ListenersKey{}, std::vector<Listener>{})), "fail leftover");
  EXPECT_EQ(verdict(x_up().with(FileKey{path}, a_file("socket", 98))), "fail unreachable")
      << "another socket took its place";
}

TEST(PortBindingsUnix, FailsWhereThePathDoesNotLeadToTheSocket) {
  World world = x_up();
  EXPECT_EQ(verdict(world.with(FileKey{path}, a_file("missing", 0))), "fail unreachable");
  EXPECT_EQ(verdict(world.with(ListenersKey{}, std::vector<Listener>{})), "fail missing");
  EXPECT_EQ(verdict(world.with(FileKey{path}, a_file("regular", 5))), "fail no_socket");
}

TEST(PortBindingsUnix, FollowsASymbolicLinkAtThePath) {
  FileStatus link = a_file("symlink", 5);
  link.target = "/run/real.ctl";
  World world = x_up();
  world.with(FileKey{path}, link)
      .with(FileKey{link.target}, a_file("socket", 99))
      .with(ListenersKey{}, std::vector{a_listener(link.target, 99)});
  EXPECT_EQ(verdict(world), "pass");
  link.target.clear();
  EXPECT_EQ(verdict(world.with(FileKey{path}, link)), "fail missing") << "it dangles";
}

TEST(PortBindingsUnix, ComparesTheLower32BitsAndLetsTheNameSpeakForAnotherDevice) {
  constexpr std::uint64_t large = (5ULL << 32U) + 99;
  EXPECT_EQ(verdict(x_up().with(FileKey{path}, a_file("socket", large))), "pass");
  EXPECT_EQ(verdict(x_up().with(FileKey{path}, a_file("socket", 99, 44))), "pass") << "btrfs";
  EXPECT_EQ(verdict(x_up()
                        .with(FileKey{path}, a_file("socket", 99, 44))
                        .with(ListenersKey{}, std::vector{a_listener("/run/other", 99)})),
            "fail leftover");
}

TEST(PortBindingsUnix, IsUnknownWhereThePathCannotBeReached) {
  EXPECT_EQ(verdict(x_up().with(FileKey{path}, Unseen{"permission", "denied", "allow"})),
            "unknown permission");
}

TEST(PortBindingsUnix, NamesWhoElseAnswers) {
  const UnixPeer other = a_peer("/system.slice/y.service");
  EXPECT_EQ(verdict(x_up().with(UnixPeerKey{path}, other)), "fail foreign");
  World down = x_in(ActiveState::failed, "failed");
  EXPECT_EQ(verdict(down.with(UnixPeerKey{path}, other)), "fail foreign");
  EXPECT_EQ(down.evaluate(port_bindings, on_path)[0].observed,
            "y.service is listening on unix:" + path);
  EXPECT_EQ(verdict(down.with(UnixPeerKey{path}, a_peer("/"))), "fail foreign");
}

TEST(PortBindingsUnix, GoesByTheSocketsUserWhereNobodyTellsMore) {
  const Unseen busy{"unsupported", "busy", ""};
  World root = x_up();
  EXPECT_EQ(verdict(root.with(UnixPeerKey{path}, busy)), "pass");
  EXPECT_NE(root.evaluate(port_bindings, on_path)[0].details.find("user 0"), std::string::npos);
  EXPECT_EQ(verdict(root.with(UnixPeerKey{path}, a_peer(""))), "pass") << "the process is gone";
  EXPECT_EQ(verdict(root.number("UID", 110)), "unknown owner");
  root.with(ListenersKey{}, std::vector{a_listener(path, 99, 110)});
  EXPECT_EQ(verdict(root), "pass");
}

TEST(PortBindingsUnix, ConnectsToNoSocketThatWouldStartTheService) {
  World idle = x_in(ActiveState::inactive, "dead");
  with_socket(idle, ActiveState::active);
  EXPECT_EQ(verdict(idle), "pass");
  EXPECT_FALSE(idle.asked_for(UnixPeerKey{path}));
}

TEST(PortBindingsUnix, FailsWhenTheSocketUnitIsStopped) {
  World removed = x_up().text("ControlGroup", "/system.slice/x.service");
  with_socket(removed, ActiveState::inactive);
  removed.with(FileKey{path}, a_file("missing", 0)).with(ListenersKey{}, std::vector<Listener>{});
  EXPECT_EQ(verdict(removed), "fail socket_stopped");
  World kept = x_up().text("ControlGroup", "/system.slice/x.service");
  with_socket(kept, ActiveState::inactive).with(UnixPeerKey{path}, a_peer("/init.scope"));
  EXPECT_EQ(verdict(kept), "fail socket_stopped") << "the service still has it";
  kept.with(UnixPeerKey{path}, a_peer("/system.slice/x.service"));
  EXPECT_EQ(verdict(kept), "pass") << "the service opened it itself";
}

TEST(PortBindingsUnix, CannotTellWhatSystemdOpenedForAnother) {
  EXPECT_EQ(verdict(x_up().with(UnixPeerKey{path}, a_peer("/init.scope"))), "unknown owner");
}

TEST(PortBindingsUnix, FindsAnAbstractNameWithoutAPath) {
  const Dict on_name = listening("unix:@name");
  EXPECT_EQ(verdict(x_up().with(ListenersKey{}, std::vector{a_listener("@name", 0)}), on_name),
            "pass");
  EXPECT_EQ(verdict(x_up(), on_name), "fail missing");
}

TEST(PortBindingsUnix, WaitsForASocketUntilTheUnitHasSettled) {
  World fresh = x_up();
  fresh.number("ActiveEnterTimestampMonotonic", 3'595'000'000)
      .with(ListenersKey{}, std::vector<Listener>{});
  EXPECT_EQ(verdict(fresh), "unknown settling");
}

TEST(PortBindingsUnix, IsCapturedWhereItIsSurelyTheUnits) {
  World world = x_up();
  const std::string elsewhere = "/tmp/s";
  world.with(ListenersKey{}, std::vector{a_listener(path, 99), a_listener(elsewhere, 98)})
      .property("RuntimeDirectory", texts({"clamav"}));
  const Dict captured = world.capture(port_bindings);
  EXPECT_EQ(captured, on_path);
  EXPECT_EQ(verdict(world, captured), "pass");
  EXPECT_FALSE(world.asked_for(UnixPeerKey{elsewhere}));
}
}  // namespace
}  // namespace checklist::checks
