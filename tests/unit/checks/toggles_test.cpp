// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/graph.hpp"

namespace checklist::checks {
extern const CheckDef toggles;

namespace {
using namespace checklist::testing;

World x_that_is(const std::string& state) {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  world.with(EnablementKey{"x.service"}, state);
  return world;
}

// Disabled in its spec and on this host: it declares port 80, and nothing listens there.
World x_off() {
  World world = x_that_is("disabled");
  add_unit(world, "x.service", ActiveState::inactive);
  world.with(EnablementKey{"x.service"}, std::string("disabled"))
      .with(ListenersKey{}, std::vector<Listener>{})
      .text("ControlGroup", "")
      .text("BusName", "");
  for (const char* trigger : {"x.socket", "x.timer", "x.path"}) {
    add_missing(world, trigger);
  }
  world.spec().enabled = false;
  world.spec().checks["port_bindings"] = {{"listen", texts({"tcp:127.0.0.1:80"})}};
  return world;
}

Listener port_80_of(const std::string& cgroup, std::uint64_t id = 7) {
  return {.protocol = Protocol::tcp,
          .address = "0.0.0.0",
          .port = 80,
          .uid = 0,
          .cgroup_id = id,
          .cgroup = cgroup};
}

TEST(Toggles, TakeEveryStateThatOutlastsAReboot) {
  for (const char* state : {"enabled", "static", "indirect", "generated", "linked"}) {
    EXPECT_EQ(worst(x_that_is(state).evaluate(toggles)), Status::pass) << state;
  }
  for (const char* state : {"enabled-runtime", "linked-runtime", "masked", "masked-runtime",
                            "disabled", "bad", "transient", "not-found"}) {
    const Findings findings = x_that_is(state).evaluate(toggles);
    EXPECT_EQ(worst(findings), Status::fail) << state;
    EXPECT_EQ(findings[0].reason, "unit_file_state");
    EXPECT_EQ(findings[0].observed, state);
  }
}

TEST(Toggles, AnAliasIsWhatTheUnitBehindItIs) {
  World world = a_world("alias.service");
  add_unit(world, "x.service");
  world.with(UnitKey{"alias.service"}, a_unit("x.service", ActiveState::active, "running"))
      .with(EnablementKey{"alias.service"}, std::string("alias"));
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
  world.with(EnablementKey{"x.service"}, std::string("disabled"));
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::fail);
  EXPECT_EQ(worst(world.evaluate(toggles, {{"state", texts({"alias"})}})), Status::pass);
}

TEST(Toggles, AUnitBehindALinkOfItsOwnMayBeCalledAnAlias) {
  World world = a_world("x.service");
  add_unit(world, "x.service");
  world.with(EnablementKey{"x.service"}, std::string("alias"));
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
}

TEST(Toggles, TheSpecMayNameTheStates) {
  const Dict disabled{{"state", texts({"disabled"})}};
  EXPECT_EQ(worst(x_that_is("disabled").evaluate(toggles, disabled)), Status::pass);
  EXPECT_EQ(worst(x_that_is("enabled").evaluate(toggles, disabled)), Status::fail);
  const Finding error = x_that_is("enabled").evaluate(toggles, {{"state", texts({"enable"})}})[0];
  EXPECT_EQ(error.expected, "perhaps 'enabled'");
}

TEST(Toggles, AreUnknownWhenTheStateIsUnseen) {
  World world = x_that_is("enabled");
  world.with(EnablementKey{"x.service"}, Unseen{"bus", "no bus", ""});
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::unknown);
}

TEST(Toggles, ArePendingUntilTheStateIsKnown) {
  World world = a_world("x.service");
  EXPECT_NE(worst(world.evaluate(toggles)), Status::fail);
  EXPECT_TRUE(world.pending());
  EXPECT_TRUE(world.asked_for(EnablementKey{"x.service"}));
}

TEST(Toggles, AUnitThatIsOffPasses) {
  World world = x_off();
  const Findings findings = world.evaluate(toggles);
  EXPECT_EQ(worst(findings), Status::pass);
  EXPECT_EQ(findings.size(), 5U);
  EXPECT_FALSE(world.pending());
}

TEST(Toggles, AUnitThatIsOffAndMissingPasses) {
  World world = x_off();
  add_missing(world, "x.service");
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
}

TEST(Toggles, AUnitThatIsOffMustNotRun) {
  for (const ActiveState state :
       {ActiveState::active, ActiveState::activating, ActiveState::reloading}) {
    World world = x_off();
    world.with(UnitKey{"x.service"}, a_unit("x.service", state, ""));
    EXPECT_EQ(about(world.evaluate(toggles), "active").status, Status::fail);
  }
  World world = x_off();
  world.with(UnitKey{"x.service"}, a_unit("x.service", ActiveState::deactivating, ""));
  EXPECT_EQ(about(world.evaluate(toggles), "active").reason, "stopping");
  // Its unit file was removed while it ran.
  world.with(UnitKey{"x.service"},
             a_unit("x.service", ActiveState::active, "running", LoadState::not_found));
  EXPECT_EQ(about(world.evaluate(toggles), "active").status, Status::fail);
}

TEST(Toggles, AUnitThatIsOffMustNotBeEnabled) {
  for (const char* state : {"enabled", "enabled-runtime"}) {
    World world = x_off();
    world.with(EnablementKey{"x.service"}, std::string(state));
    EXPECT_EQ(about(world.evaluate(toggles), "unit file").reason, "enabled") << state;
  }
}

TEST(Toggles, AUnitThatIsOffMustNotBeReachedByTheBoot) {
  World world = x_off();
  wanted(world, "x.service", "multi-user.target");
  const Finding finding = about(world.evaluate(toggles), "boot");
  EXPECT_EQ(finding.reason, "started_at_boot");
  EXPECT_EQ(finding.expected, "graphical.target does not start it");
  // A mask keeps it from being started, whatever wants it.
  world
      .with(UnitKey{"x.service"},
            a_unit("x.service", ActiveState::inactive, "dead", LoadState::masked))
      .with(EnablementKey{"x.service"}, std::string("masked"));
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
  // One in /run only until then.
  world.with(EnablementKey{"x.service"}, std::string("masked-runtime"));
  EXPECT_EQ(about(world.evaluate(toggles), "boot").reason, "started_at_boot");
}

TEST(Toggles, NothingMustWaitToStartAUnitThatIsOff) {
  World world = x_off();
  add_unit(world, "x.socket");
  edges(world, "x.service", "TriggeredBy", {"x.socket"});
  EXPECT_EQ(about(world.evaluate(toggles), "trigger").hint,
            "run `systemctl disable --now x.socket`");
  add_unit(world, "x.socket", ActiveState::inactive);
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
}

TEST(Toggles, ATriggerThatWasLoadedLaterIsFoundByItsName) {
  World world = x_off();
  add_unit(world, "x.socket");
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);  // it triggers another unit
  edges(world, "x.socket", "Triggers", {"x.service"});
  EXPECT_EQ(about(world.evaluate(toggles), "trigger").observed, "x.socket triggers it");
}

TEST(Toggles, AUnitThatIsOffMustHoldNoneOfItsPorts) {
  World world = x_off();
  world.with(ListenersKey{}, std::vector{port_80_of("/system.slice/x.service")});
  EXPECT_EQ(about(world.evaluate(toggles), "tcp:127.0.0.1:80").reason, "port_held");
  world.with(ListenersKey{}, std::vector{port_80_of("/system.slice/y.service")});
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
  world.with(ListenersKey{}, std::vector{port_80_of("")}).with(RecordKey{"x.service"}, Record{});
  EXPECT_EQ(about(world.evaluate(toggles), "tcp:127.0.0.1:80").reason, "owner");
}

TEST(Toggles, NoConnectionStartsAUnitThatIsOff) {
  World world = x_off();
  const std::string path = "/run/x.sock";
  world.spec().checks["port_bindings"] = {{"listen", texts({"unix:" + path})}};
  Listener listener;
  listener.protocol = Protocol::unix_stream;
  listener.address = path;
  listener.inode = 9;
  FileStatus file = a_file("socket");
  file.inode = 9;
  world.with(ListenersKey{}, std::vector{listener}).with(FileKey{path}, file);
  EXPECT_EQ(worst(world.evaluate(toggles)), Status::pass);
  EXPECT_FALSE(world.asked_for(UnixPeerKey{path}));
  // A process that outlived the unit may be asked.
  world.text("ControlGroup", "/system.slice/x.service")
      .with(UnixPeerKey{path}, UnixPeer{.pid = 7, .uid = 0, .cgroup = "/system.slice/x.service"});
  EXPECT_EQ(about(world.evaluate(toggles), "unix:" + path).reason, "port_held");
}

TEST(Toggles, OfAUnitThatIsOffAreUnknownWhenAFactIsUnseen) {
  const Unseen unseen{"bus", "no bus", ""};
  const std::vector<std::pair<std::string, std::function<void(World&)>>> hidings{
      {"active", [&](World& world) { world.with(UnitKey{"x.service"}, unseen); }},
      {"unit file", [&](World& world) { world.with(EnablementKey{"x.service"}, unseen); }},
      {"boot",
       [&](World& world) {
         world.with(PropertyKey{"x.service", "WantedBy"}, unseen);
       }},
      {"trigger",
       [&](World& world) {
         world.with(PropertyKey{"x.service", "TriggeredBy"}, unseen);
       }},
      {"ports", [&](World& world) { world.with(ListenersKey{}, unseen); }}};
  for (const auto& [subject, hide] : hidings) {
    World world = x_off();
    hide(world);
    const Findings findings = world.evaluate(toggles);
    EXPECT_EQ(about(findings, subject).status, Status::unknown) << subject;
    EXPECT_EQ(worst(findings), Status::unknown) << subject;
  }
}

TEST(Toggles, PassWhatTheyCapture) {
  EXPECT_EQ(x_that_is("enabled").capture(toggles), Dict{});
  for (const char* state : {"disabled", "masked", "enabled-runtime"}) {
    World world = x_that_is(state);
    EXPECT_EQ(worst(world.evaluate(toggles, world.capture(toggles))), Status::pass) << state;
  }
}
}  // namespace
}  // namespace checklist::checks
