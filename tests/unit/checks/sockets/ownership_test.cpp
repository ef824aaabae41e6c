// SPDX-License-Identifier: MIT
#include "checks/sockets/ownership.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
TEST(CgroupOwner, IsTheUnitBelowTheSlices) {
  const std::pair<const char*, CgroupOwner> paths[] = {
      {"/system.slice/x.service", {"x.service", {}}},
      {"/system.slice/system-x.slice/x@1.service", {"x@1.service", {}}},
      {"/system.slice/docker.service/init", {"docker.service", {}}},
      {"/system.slice/_cgroup.service", {"cgroup.service", {}}},
      {"/init.scope", {"init.scope", {}}},
      {"/x.service", {"x.service", {}}},
      {"/user.slice/user-1000.slice/session-3.scope", {"session-3.scope", {}}},
      {"/user.slice/user-1000.slice/user@1000.service/app.slice/j.service", {"j.service", "1000"}},
      {"/user.slice/user-1000.slice/user@1000.service/init.scope", {"init.scope", "1000"}},
      {"/user.slice/user-1000.slice/user@1000.service", {"user@1000.service", {}}},
      {"/", {}},
      {"", {}},
      {"/system.slice", {}},
      {"/docker/0123456789abcdef", {}},
      {"/lxc/guest/system.slice/x.service", {}}};
  for (const auto& [path, owner] : paths) {
    EXPECT_EQ(owner_of(path), owner) << path;
  }
}

TEST(CgroupOwner, IsDescribedWithoutNumbersThatChange) {
  const auto described = [](const char* cgroup) { return describe_owner(cgroup, 1000); };
  EXPECT_EQ(described("/system.slice/x.service"), "x.service");
  EXPECT_EQ(described("/user.slice/user-1000.slice/user@1000.service/app.slice/j.service"),
            "j.service of user 1000");
  EXPECT_EQ(described("/user.slice/user-1000.slice/session-3.scope"),
            "a process of a login session (user 1000)");
  EXPECT_EQ(described("/docker/0123"), "a process outside any unit (user 1000)");
  EXPECT_EQ(described("/"), "a process outside any unit (user 1000)");
  EXPECT_EQ(described(""), "a process whose cgroup is gone (user 1000)");
  EXPECT_EQ(described("/init.scope"), "systemd itself");
}

class UnitSocketsTest : public ::testing::Test {
 protected:
  UnitSockets units() { return UnitSockets(see_); }

  Facts facts_;
  Spec spec_{
      .unit = "x.service", .user = {}, .group = {}, .checks = {}, .switched_off = {}, .file = {}};
  View see_{facts_, 0, spec_, TimePoint{}};
};

TEST_F(UnitSocketsTest, TakesInWhatIsBelowTheUnitsCgroup) {
  facts_.put(PropertyKey{"x.service", "ControlGroup"}, Value{std::string("/lxc/guest/x.service")});
  EXPECT_EQ(units().owning_unit("/lxc/guest/x.service"), "x.service");
  EXPECT_EQ(units().owning_unit("/lxc/guest/x.service/worker/1"), "x.service");
  EXPECT_EQ(units().owning_unit("/lxc/guest/x.service2"), "");
  EXPECT_EQ(units().owning_unit("/lxc/guest"), "");
}

TEST_F(UnitSocketsTest, KnowsTheUnitByNameWhileItHasNoCgroup) {
  facts_.put(PropertyKey{"x.service", "ControlGroup"}, Value{std::string()});
  EXPECT_EQ(units().owning_unit("/system.slice/x.service"), "x.service");
  EXPECT_EQ(units().owning_unit("/system.slice/y.service"), "");
  EXPECT_EQ(units().owning_unit(""), "");
  EXPECT_EQ(units().owning_unit("/"), "");
}

TEST_F(UnitSocketsTest, TakesASocketUnitForItsOwn) {
  spec_.unit = "x.socket";
  const semantics::Address address{.protocol = Protocol::unix_stream, .host = "/run/x", .port = 0};
  facts_.put(UnitKey{"x.socket"}, testing::a_unit("x.socket", ActiveState::active, "listening"));
  facts_.put(
      PropertyKey{"x.socket", "Listen"},
      Value{Values{Value{Values{Value{std::string("Stream")}, Value{std::string("/run/x")}}}}});
  EXPECT_EQ(units().active_socket(see_, address), "x.socket");
  EXPECT_TRUE(units().is_trigger(see_, address));
}

TEST_F(UnitSocketsTest, TakesInTheSocketUnitsAndGoesByTheCanonicalName) {
  facts_.put(UnitKey{"x.service"}, testing::a_unit("real.service", ActiveState::active, "running"));
  facts_.put(PropertyKey{"x.service", "TriggeredBy"},
             Value{Values{Value{std::string("x.socket")}, Value{std::string("x.timer")}}});
  EXPECT_EQ(units().owning_unit("/system.slice/real.service"), "real.service");
  EXPECT_EQ(units().owning_unit("/system.slice/x.socket"), "x.socket");
  EXPECT_EQ(units().owning_unit("/system.slice/x.timer"), "");
}

TEST_F(UnitSocketsTest, DoesNotTakeAUsersUnitForTheSystemsOfThatName) {
  const std::string users = "/user.slice/user-1000.slice/user@1000.service/app.slice/x.service";
  EXPECT_EQ(units().owning_unit(users), "");
  spec_.user = "dev";
  EXPECT_EQ(units().owning_unit(users), "x.service");
  EXPECT_EQ(units().owning_unit("/system.slice/x.service"), "");
}

TEST_F(UnitSocketsTest, OwnsASocketThatCarriesAFormerCgroupsId) {
  const Listener kept{.address = "127.0.0.1", .port = 80, .cgroup_id = 77, .cgroup = {}};
  EXPECT_EQ(holder_of(kept, units(), see_).ownership, Ownership::unknown);
  facts_.put(RecordKey{"x.service"},
             Record{.last_run = {}, .started_by_boot = {}, .cgroup_ids = {77}});
  EXPECT_EQ(holder_of(kept, units(), see_).ownership, Ownership::ours);
}
}  // namespace
}  // namespace checklist::checks
