// SPDX-License-Identifier: MIT
#include "checks/state/phase.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_oneshot_in;
using testing::a_service_in;
using testing::a_unit;
using testing::a_unit_in;
using testing::a_world;
using testing::entered;
using testing::texts;
using testing::usec;
using testing::World;
using enum ActiveState;

const Unseen denied{"permission", "access denied", ""};
const std::string our_bus_file = "/usr/share/dbus-1/system-services/org.x.service";

UnitPhase life(World& world, std::optional<ActiveState> expected = std::nullopt) {
  View see = world.view();
  return phase_of(see, expected);
}

Phase phase(World world, std::optional<ActiveState> expected = std::nullopt) {
  return life(world, expected).phase;
}

World with_job(World world, ActiveState active, const std::string& type) {
  Unit unit = a_unit("x.service", active, "dead");
  unit.job = 7;
  unit.job_type = type;
  unit.job_since = TimePoint{59min};
  world.with(UnitKey{"x.service"}, unit);
  return world;
}

World triggered_by(World world, const std::string& trigger, ActiveState active) {
  world.property("TriggeredBy", texts({trigger}))
      .with(UnitKey{trigger}, a_unit(trigger, active, "listening"));
  return world;
}

World on_the_bus(const std::string& file_type) {
  World world = a_service_in(inactive, "dead").text("BusName", "org.x");
  for (const char* share : {"/etc/dbus-1/", "/usr/local/share/dbus-1/", "/usr/share/dbus-1/",
                            "/lib/dbus-1/", "/run/current-system/sw/share/dbus-1/"}) {
    const std::string path = share + std::string("system-services/org.x.service");
    FileStatus status;
    status.type = path == our_bus_file ? file_type : "missing";
    world.with(FileKey{path}, status);
  }
  return world;
}

TEST(Phase, IsUnseenWhereTheUnitIs) {
  EXPECT_EQ(phase(a_world("x.service")), Phase::unseen);
  EXPECT_EQ(phase(a_world("x.service").with(UnitKey{"x.service"}, denied)), Phase::unseen);
}

TEST(Phase, FollowsTheTableOfStates) {
  EXPECT_EQ(phase(a_service_in(active, "running")), Phase::up);
  EXPECT_EQ(phase(a_service_in(reloading, "reload")), Phase::reloading);
  EXPECT_EQ(phase(a_service_in(refreshing, "refresh")), Phase::reloading);
  EXPECT_EQ(phase(a_service_in(activating, "auto-restart")), Phase::crash_looping);
  EXPECT_EQ(phase(a_service_in(activating, "auto-restart-queued")), Phase::crash_looping);
  EXPECT_EQ(phase(a_service_in(activating, "start")), Phase::activating);
  EXPECT_EQ(phase(a_oneshot_in(activating, "start")), Phase::running_once);
  EXPECT_EQ(phase(a_service_in(deactivating, "stop-sigterm")), Phase::deactivating);
  EXPECT_EQ(phase(a_service_in(inactive, "dead")), Phase::down);
  EXPECT_EQ(phase(a_service_in(failed, "failed")), Phase::down);
  EXPECT_EQ(phase(a_service_in(maintenance, "cleaning")), Phase::down);
  EXPECT_EQ(phase(a_oneshot_in(inactive, "dead")), Phase::between_runs);
  EXPECT_EQ(phase(a_oneshot_in(failed, "failed")), Phase::between_runs);
}

TEST(Phase, LooksAtTheLoadStateAndTheFreezerFirst) {
  for (const auto load : {LoadState::not_found, LoadState::masked, LoadState::bad_setting,
                          LoadState::error, LoadState::stub, LoadState::other}) {
    World world = a_service_in(active, "running");
    world.with(UnitKey{"x.service"}, a_unit("x.service", active, "running", load));
    EXPECT_EQ(phase(std::move(world)), Phase::not_loaded) << text(load);
  }
  for (const char* freezer : {"frozen", "freezing", "frozen-by-parent", "freezing-by-parent"}) {
    EXPECT_EQ(phase(a_service_in(active, "running").text("FreezerState", freezer)), Phase::frozen);
  }
  EXPECT_EQ(phase(a_service_in(active, "running").text("FreezerState", "thawing")), Phase::up);
}

TEST(Phase, SettlesForAsLongAsTheSpecSays) {
  World world = a_service_in(active, "running");
  world.spec().settle = 10min;
  EXPECT_EQ(life(world.at(entered + 10min - 1us)).phase, Phase::settling);
  EXPECT_EQ(life(world.at(entered + 10min)).phase, Phase::up);
  world.with(PropertyKey{"x.service", "ActiveEnterTimestampMonotonic"}, denied);
  EXPECT_EQ(life(world).phase, Phase::settling);  // who knows
}

TEST(Phase, IsQueuedByAStartAndByNoOtherJob) {
  for (const char* start : {"start", "restart", "" /* not known yet */}) {
    EXPECT_EQ(phase(with_job(a_service_in(inactive, "dead"), inactive, start)), Phase::queued);
    EXPECT_EQ(phase(with_job(a_service_in(failed, "failed"), failed, start)), Phase::queued);
    EXPECT_EQ(phase(with_job(a_service_in(deactivating, "stop"), deactivating, start)),
              Phase::queued);
    EXPECT_EQ(phase(with_job(a_service_in(active, "running"), active, start)), Phase::up);
  }
  EXPECT_EQ(phase(with_job(a_service_in(inactive, "dead"), inactive, "stop")), Phase::down);
  EXPECT_EQ(phase(with_job(a_service_in(inactive, "dead"), inactive, "verify-active")),
            Phase::down);
  World queued = with_job(a_service_in(inactive, "dead"), inactive, "start");
  EXPECT_EQ(life(queued).since, TimePoint{59min});
}

TEST(Phase, IsOnDemandWhileSomethingActiveStartsIt) {
  for (const char* trigger : {"x.socket", "x.timer", "x.path", "x.automount"}) {
    EXPECT_EQ(phase(triggered_by(a_service_in(inactive, "dead"), trigger, active)),
              Phase::on_demand);
    EXPECT_EQ(phase(triggered_by(a_service_in(inactive, "dead"), trigger, inactive)), Phase::down);
    EXPECT_EQ(phase(triggered_by(a_service_in(inactive, "dead").text("Result", "exit-code"),
                                 trigger, active)),
              Phase::down);
    EXPECT_EQ(phase(triggered_by(a_service_in(failed, "failed"), trigger, active)), Phase::down);
  }
  World world = triggered_by(a_service_in(inactive, "dead"), "x.socket", active);
  EXPECT_EQ(life(world).trigger, "x.socket");
}

TEST(Phase, IsOnDemandWhileTheBusCanActivateItsName) {
  World there = on_the_bus("regular");
  EXPECT_EQ(life(there).phase, Phase::on_demand);
  EXPECT_EQ(life(there).trigger, "org.x");
  EXPECT_EQ(phase(on_the_bus("missing")), Phase::down);
}

TEST(Phase, HasNoResultWhereTheTypeHasNone) {
  World target = a_unit_in("x.target", inactive, "dead");
  target.with(PropertyKey{"x.target", "Result"}, Unseen{"unsupported", "no such property", ""});
  EXPECT_EQ(life(target).phase, Phase::down);
  EXPECT_FALSE(life(target).uncertain);
}

TEST(Phase, TakesTheStateThatTheSpecDemandsForUp) {
  EXPECT_EQ(phase(a_service_in(inactive, "dead"), inactive), Phase::up);
  EXPECT_EQ(phase(a_service_in(failed, "failed"), failed), Phase::up);
  EXPECT_EQ(phase(a_service_in(active, "running"), inactive), Phase::down);
  EXPECT_EQ(phase(a_oneshot_in(inactive, "dead"), active), Phase::down);
  EXPECT_EQ(phase(triggered_by(a_service_in(inactive, "dead"), "x.socket", active), active),
            Phase::down);
}

TEST(Phase, SaysWhatItCouldNotSeeWhereThatDecides) {
  const auto blinded = [](World world, const std::string& property) {
    world.with(PropertyKey{"x.service", property}, denied);
    return life(world).uncertain;
  };
  EXPECT_TRUE(blinded(a_service_in(active, "running"), "FreezerState"));
  EXPECT_TRUE(blinded(a_service_in(activating, "start"), "Type"));
  for (const char* property : {"Type", "Result", "TriggeredBy", "BusName", "Names"}) {
    EXPECT_TRUE(blinded(a_service_in(inactive, "dead"), property)) << property;
  }
  EXPECT_TRUE(blinded(a_oneshot_in(inactive, "dead"), "RemainAfterExit"));
  EXPECT_FALSE(blinded(a_service_in(failed, "failed"), "Type"));
  EXPECT_FALSE(
      blinded(triggered_by(a_service_in(inactive, "dead"), "x.socket", active), "BusName"));
  World trigger = triggered_by(a_service_in(inactive, "dead"), "x.socket", active);
  EXPECT_TRUE(life(trigger.with(UnitKey{"x.socket"}, denied)).uncertain);
  World bus = on_the_bus("missing");
  EXPECT_TRUE(life(bus.with(FileKey{our_bus_file}, denied)).uncertain);
  World old = a_service_in(active, "running");
  old.with(PropertyKey{"x.service", "FreezerState"}, Unseen{"unsupported", "no such property", ""});
  EXPECT_FALSE(life(old).uncertain);
}

TEST(Phase, IsOnDemandByTheNameOfABusAliasToo) {
  World world = on_the_bus("regular");
  world.text("BusName", "").property("Names", texts({"x.service", "dbus-org.x.service"}));
  EXPECT_EQ(life(world).trigger, "org.x");
}

TEST(Phase, LooksForAUsersBusNamesWhereTheUsersBusDoes) {
  World world = a_service_in(inactive, "dead").text("BusName", "org.x");
  world.spec().user = "dev";
  (void)life(world);
  EXPECT_TRUE(world.asked_for(FileKey{"/usr/share/dbus-1/services/org.x.service"}));
}
}  // namespace
}  // namespace checklist::checks
