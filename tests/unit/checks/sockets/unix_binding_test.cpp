// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/sockets/binding.hpp"
#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_unit;
using testing::a_world;
using testing::texts;
using testing::World;

const std::string path = "/run/x.sock";
const Unseen denied{"permission", "access denied", ""};

Listener a_listener(std::string address, std::uint64_t inode = 99, std::uint32_t uid = 0) {
  return {.protocol = Protocol::unix_stream,
          .address = std::move(address),
          .uid = uid,
          .cgroup = {},
          .device = 21,
          .inode = inode};
}

FileStatus a_file(std::string type, std::uint64_t inode = 99, std::uint32_t device = 21) {
  FileStatus out;
  out.type = std::move(type);
  out.device = device;
  out.inode = inode;
  return out;
}

// x.service listens on the path, where its process answers.
class UnixBindingTest : public ::testing::Test {
 protected:
  UnixBindingTest() {
    world_.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::active, "running"))
        .with(FileKey{path}, a_file("socket"))
        .number("UID", UINT32_MAX)
        .text("ControlGroup", "/system.slice/x.service")
        .property("TriggeredBy", texts({"x.socket"}))
        .with(UnitKey{"x.socket"}, a_unit("x.socket", ActiveState::active, "listening"));
    socket_lists("/run/x-admin.sock");
    answer("/system.slice/x.service");
  }

  void socket_lists(const std::string& address) {
    world_.with(PropertyKey{"x.socket", "Listen"}, Value{Values{texts({"Stream", address})}});
  }

  void answer(const std::string& cgroup) {
    world_.with(UnixPeerKey{path}, UnixPeer{.pid = 7, .uid = 1000, .cgroup = cgroup});
  }

  Binding binding(const std::string& declared = path) {
    View see = world_.view();
    const UnitSockets units(see);
    return unix_binding({.protocol = Protocol::unix_stream, .host = declared, .port = 0},
                        listeners_, units, see);
  }

  BindingState state() { return binding().state; }

  World world_ = a_world("x.service");
  std::vector<Listener> listeners_{a_listener(path)};
};

TEST_F(UnixBindingTest, IsExactWhereTheUnitAnswers) {
  EXPECT_EQ(state(), BindingState::exactly);
  EXPECT_EQ(binding().by, "x.service");
  EXPECT_EQ(binding().note, "");
}

TEST_F(UnixBindingTest, IsOfTheActiveSocketUnitWithoutAConnection) {
  socket_lists(path);
  EXPECT_EQ(state(), BindingState::exactly);
  EXPECT_EQ(binding().by, "x.socket");
  EXPECT_FALSE(world_.asked_for(UnixPeerKey{path}));
}

// The socket unit may be starting: its signal can arrive after its socket is seen.
TEST_F(UnixBindingTest, DoesNotConnectToWhatAStoppedSocketUnitLists) {
  socket_lists(path);
  world_.with(UnitKey{"x.socket"}, a_unit("x.socket", ActiveState::inactive, "dead"));
  world_.text("ControlGroup", "");
  EXPECT_EQ(state(), BindingState::exactly);
  EXPECT_EQ(binding().note, "attributed to the unit by its user only: user 0");
  EXPECT_FALSE(world_.asked_for(UnixPeerKey{path}));
}

// A connection starts what a socket unit activates.
TEST_F(UnixBindingTest, ConnectsOnlyOnceEverySocketUnitIsKnown) {
  const PropertyKey listen{"x.socket", "Listen"};
  for (const auto& [name, world] :
       {std::pair("its addresses", World(world_).with(listen, Observed<Value>())),
        std::pair("its state", World(world_).with(UnitKey{"x.socket"}, Observed<Unit>())),
        std::pair("which", World(world_).with(PropertyKey{"x.service", "TriggeredBy"},
                                              Observed<Value>()))}) {
    world_ = world;
    EXPECT_EQ(state(), BindingState::unseen) << name;
    EXPECT_FALSE(world_.asked_for(UnixPeerKey{path})) << name;
  }
}

TEST_F(UnixBindingTest, IsForeignOrUnclearByThePeersCgroup) {
  answer("/system.slice/y.service");
  EXPECT_EQ(state(), BindingState::foreign);
  EXPECT_EQ(binding().by, "y.service");
  answer("/init.scope");
  EXPECT_EQ(state(), BindingState::unclear);
}

TEST_F(UnixBindingTest, GoesByTheUserWithoutAPeer) {
  for (const Observed<UnixPeer>& peer :
       {Observed<UnixPeer>(denied),
        Observed<UnixPeer>(UnixPeer{.pid = 7, .uid = 0, .cgroup = {}})}) {
    world_.with(UnixPeerKey{path}, peer).number("UID", UINT32_MAX);
    EXPECT_EQ(state(), BindingState::exactly);
    EXPECT_NE(binding().note, "");
    world_.number("UID", 110);
    EXPECT_EQ(state(), BindingState::unclear);
    EXPECT_EQ(binding().by, "a process of user 0");
  }
}

TEST_F(UnixBindingTest, DoesNotTakeAUsersUnitForRoots) {
  world_.with(UnixPeerKey{path}, denied);
  world_.spec().user = "dev";
  EXPECT_EQ(state(), BindingState::unclear);
}

TEST_F(UnixBindingTest, ComparesTheFileAtThePathWithTheListener) {
  world_.with(FileKey{path}, a_file("missing"));
  EXPECT_EQ(state(), BindingState::not_at_path);
  world_.with(FileKey{path}, a_file("socket", 98));
  EXPECT_EQ(state(), BindingState::not_at_path);
  world_.with(FileKey{path}, a_file("regular"));
  EXPECT_EQ(state(), BindingState::no_socket);
  world_.with(FileKey{path}, denied);
  EXPECT_EQ(state(), BindingState::unseen);
  EXPECT_EQ(binding().unseen, denied);
}

// Only root can look at the path: the last look may be older than the socket.
TEST_F(UnixBindingTest, WaitsForALookSinceTheUnitChangedItsState) {
  const LookSinceKey look{path, TimePoint{5min}};
  const Unseen stale{"stale", "it was not looked at again", ""};
  world_.number("StateChangeTimestampMonotonic", 300'000'000)
      .with(FileKey{path}, a_file("socket", 98))
      .with(look, stale);
  EXPECT_EQ(state(), BindingState::unseen);
  EXPECT_EQ(binding().unseen, stale);
  world_.with(look, true);
  EXPECT_EQ(state(), BindingState::not_at_path);
}

TEST_F(UnixBindingTest, IsMissingOrLeftOverWithoutAListener) {
  Listener tcp = a_listener(path);
  tcp.protocol = Protocol::tcp;
  listeners_ = {tcp, a_listener("/run/other.sock", 98)};
  EXPECT_EQ(state(), BindingState::leftover);
  world_.with(FileKey{path}, a_file("missing"));
  EXPECT_EQ(state(), BindingState::missing);
}

TEST_F(UnixBindingTest, ComparesTheDeviceUnlessTheNameIsTheSame) {
  constexpr std::uint64_t large = (5ULL << 32U) + 99;
  world_.with(FileKey{path}, a_file("socket", large, 44));
  EXPECT_EQ(state(), BindingState::exactly);
  listeners_ = {a_listener("/run/other.sock")};
  EXPECT_EQ(state(), BindingState::leftover);
  world_.with(FileKey{path}, a_file("socket", large));
  EXPECT_EQ(state(), BindingState::exactly);
}

TEST_F(UnixBindingTest, HasNoFileForAnAbstractName) {
  EXPECT_EQ(binding("@x").state, BindingState::missing);
  listeners_ = {a_listener("@x", 0)};
  EXPECT_EQ(binding("@x").state, BindingState::exactly);
  EXPECT_NE(binding("@x").note, "");
  EXPECT_FALSE(world_.asked_for(FileKey{"@x"}));
}
}  // namespace
}  // namespace checklist::checks
