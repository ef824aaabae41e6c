// SPDX-License-Identifier: MIT
#include "checks/sockets/leftover_holder.hpp"

#include <gtest/gtest.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;
using testing::a_unit;
using testing::a_world;
using testing::texts;
using testing::World;

const std::string us = "/system.slice/x.service";
const std::string other = "/system.slice/y.service";
const std::string path = "/run/x.sock";
const Address on_80{.protocol = Protocol::tcp, .host = "127.0.0.1", .port = 80};
const Address on_path{.protocol = Protocol::unix_stream, .host = path, .port = 0};

Listener a_listener(std::string address, std::uint16_t port, std::string cgroup) {
  return {.protocol = Protocol::tcp,
          .address = std::move(address),
          .port = port,
          .cgroup = std::move(cgroup)};
}

// x.service, stopped, with a process left in its cgroup that listens on the path.
World a_leftover_world() {
  FileStatus file;
  file.type = "socket";
  file.device = 21;
  file.inode = 99;
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::failed, "failed"))
      .with(RecordKey{"x.service"}, Record{})
      .with(FileKey{path}, file)
      .with(UnixPeerKey{path}, UnixPeer{.pid = 7, .uid = 0, .cgroup = us})
      .number("UID", UINT32_MAX)
      .text("ControlGroup", us)
      .property("TriggeredBy", texts({"x.socket"}))
      .with(UnitKey{"x.socket"}, a_unit("x.socket", ActiveState::inactive, "dead"))
      .with(PropertyKey{"x.socket", "Listen"}, Value{Values{texts({"Stream", path})}});
  return world;
}

Ownership holder(World& world, const Address& declared, const std::vector<Listener>& listeners) {
  View see = world.view();
  const UnitSockets units(see);
  return leftover_holder(declared, listeners, units, see);
}

Ownership holder_on_80(const std::vector<Listener>& listeners) {
  World world = a_leftover_world();
  return holder(world, on_80, listeners);
}

Ownership holder_on_path(World& world) {
  return holder(world, on_path,
                {{.protocol = Protocol::unix_stream,
                  .address = path,
                  .cgroup = {},
                  .device = 21,
                  .inode = 99}});
}

TEST(LeftoverHolder, IsTheUnitOrItsSocketUnit) {
  EXPECT_EQ(holder_on_80({a_listener("127.0.0.1", 80, us)}), Ownership::ours);
  EXPECT_EQ(holder_on_80({a_listener("127.0.0.1", 80, "/system.slice/x.socket")}), Ownership::ours);
  EXPECT_EQ(holder_on_80({a_listener("0.0.0.0", 80, us)}), Ownership::ours);
}

TEST(LeftoverHolder, IsForeignWithoutAListenerOfTheUnit) {
  EXPECT_EQ(holder_on_80({}), Ownership::foreign);
  EXPECT_EQ(holder_on_80({a_listener("127.0.0.1", 80, other)}), Ownership::foreign);
  EXPECT_EQ(holder_on_80({a_listener("127.0.0.1", 81, us)}), Ownership::foreign);
  EXPECT_EQ(holder_on_80({a_listener("127.0.0.2", 80, us)}), Ownership::foreign);
}

TEST(LeftoverHolder, IsUnknownUnlessAnotherListenerIsSurelyTheUnits) {
  const Listener nameless = a_listener("127.0.0.1", 80, "");
  EXPECT_EQ(holder_on_80({nameless}), Ownership::unknown);
  EXPECT_EQ(holder_on_80({nameless, a_listener("0.0.0.0", 80, other)}), Ownership::unknown);
  EXPECT_EQ(holder_on_80({nameless, a_listener("0.0.0.0", 80, us)}), Ownership::ours);
}

TEST(LeftoverHolder, AsksThePeerOfAUnixSocketWhileAProcessIsLeft) {
  World world = a_leftover_world();
  EXPECT_EQ(holder_on_path(world), Ownership::ours);
  world.with(UnixPeerKey{path}, UnixPeer{.pid = 7, .uid = 0, .cgroup = other});
  EXPECT_EQ(holder_on_path(world), Ownership::foreign);
  FileStatus missing;
  missing.type = "missing";
  world.with(FileKey{path}, missing);
  EXPECT_EQ(holder_on_path(world), Ownership::foreign);
}

TEST(LeftoverHolder, IsUnknownWhereOnlyTheUserIsKnownOrThePathIsUnseen) {
  World world = a_leftover_world();
  world.with(UnixPeerKey{path}, Unseen{"unsupported", "busy", ""});
  EXPECT_EQ(holder_on_path(world), Ownership::unknown);
  world.number("UID", 110);
  EXPECT_EQ(holder_on_path(world), Ownership::unknown);
  world.with(FileKey{path}, Unseen{"permission", "access denied", ""});
  EXPECT_EQ(holder_on_path(world), Ownership::unknown);
}

TEST(LeftoverHolder, ConnectsToNoUnixSocketOnceTheUnitHasNoProcess) {
  World world = a_leftover_world();
  world.text("ControlGroup", "");
  EXPECT_EQ(holder_on_path(world), Ownership::foreign);
  world.with(UnitKey{"x.socket"}, a_unit("x.socket", ActiveState::active, "listening"));
  EXPECT_EQ(holder_on_path(world), Ownership::ours);
  EXPECT_FALSE(world.asked_for(UnixPeerKey{path}));
}
}  // namespace
}  // namespace checklist::checks
