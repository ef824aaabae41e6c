// SPDX-License-Identifier: MIT
#include "checks/state/activation.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Activation : public ::testing::Test {
 protected:
  Activation() { edges(world_, "x.service", "Names", {"x.service"}); }

  View see() { return {world_.facts(), 0, world_.spec(), TimePoint{}}; }

  void no_service_files(const std::string& file) {
    for (const char* share :
         {"/etc", "/usr/local/share", "/usr/share", "/lib", "/run/current-system/sw/share"}) {
      world_.with(FileKey{share + ("/dbus-1/" + file)}, a_file("missing"));
    }
  }

  World world_ = a_world("x.service");
};

TEST_F(Activation, BusNamesAreTheUnitsOwnAndThoseOfItsAliases) {
  View view = see();
  EXPECT_THAT(bus_names(view), IsEmpty());
  world_.text("BusName", "org.x");
  edges(world_, "x.service", "Names",
        {"dbus-org.x.service", "dbus-org.y.service", "dbus-.service", "x.service"});
  EXPECT_THAT(bus_names(view), ElementsAre("org.x", "org.y"));
}

TEST_F(Activation, OnlyServicesHaveBusNames) {
  World world = a_world("dbus-org.x.socket");
  edges(world, "dbus-org.x.socket", "Names", {"dbus-org.x.socket"});
  View view(world.facts(), 0, world.spec(), TimePoint{});
  EXPECT_THAT(bus_names(view), IsEmpty());
}

TEST_F(Activation, AServiceFileMakesABusNameActivatable) {
  View view = see();
  no_service_files("system-services/org.x.service");
  EXPECT_EQ(is_activatable(view, "org.x"), false);
  world_.with(FileKey{"/usr/share/dbus-1/system-services/org.x.service"}, a_file("regular"));
  EXPECT_EQ(is_activatable(view, "org.x"), true);
  world_.spec().user = "dev";
  no_service_files("services/org.x.service");
  EXPECT_EQ(is_activatable(view, "org.x"), false);
}

TEST_F(Activation, ADirectoryThatIsClosedIsNoAnswer) {
  View view = see();
  no_service_files("system-services/org.x.service");
  const Unseen closed{"permission", "no", ""};
  world_.with(FileKey{"/etc/dbus-1/system-services/org.x.service"}, closed);
  EXPECT_EQ(is_activatable(view, "org.x"), Observed<bool>(closed));
}

TEST_F(Activation, AnActiveTriggerComesBeforeABusName) {
  View view = see();
  no_service_files("system-services/org.x.service");
  world_.text("BusName", "org.x");
  edges(world_, "x.service", "TriggeredBy", {"x.socket"});
  add_unit(world_, "x.socket", ActiveState::failed);
  EXPECT_EQ(active_trigger(view), std::string());
  world_.with(FileKey{"/lib/dbus-1/system-services/org.x.service"}, a_file("symlink"));
  EXPECT_EQ(active_trigger(view), std::string("org.x"));
  add_unit(world_, "x.socket");
  EXPECT_EQ(active_trigger(view), std::string("x.socket"));
  world_.with(UnitKey{"x.socket"}, Unseen{"bus", "no bus", ""}).text("BusName", "");
  EXPECT_FALSE(active_trigger(view));
}

TEST_F(Activation, AFailedTriggerIsNamedAndAStoppedOneIfNothingElseStartsTheUnit) {
  const auto stopped_while = [this](ActiveState state, const std::vector<std::string>& wanted_by) {
    edges(world_, "x.service", "TriggeredBy", {"x.socket"});
    edges(world_, "x.service", "WantedBy", wanted_by);
    edges(world_, "x.service", "RequiredBy", {});
    world_.with(UnitKey{"x.socket"}, a_unit("x.socket", state, ""));
    View view = see();
    return stopped_trigger(view);
  };
  EXPECT_EQ(stopped_while(ActiveState::failed, {"multi-user.target"}), "x.socket");
  EXPECT_EQ(stopped_while(ActiveState::inactive, {}), "x.socket");
  EXPECT_EQ(stopped_while(ActiveState::inactive, {"multi-user.target"}), "");
  EXPECT_EQ(stopped_while(ActiveState::active, {}), "");
}
}  // namespace
}  // namespace checklist::checks
