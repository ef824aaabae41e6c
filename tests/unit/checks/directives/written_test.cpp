// SPDX-License-Identifier: MIT
#include "checks/directives/written.hpp"

#include <gtest/gtest.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"

namespace checklist::checks {
extern const CheckDef hardening;

namespace {
using testing::a_service_in;
using testing::texts;
using testing::World;

TEST(Written, IsSpeltAsInTheFiles) {
  World world = a_service_in(ActiveState::active, "running");
  UnitFile fragment{.exists = true,
                    .directives = {{"Service", "SystemCallFilter", "@clock"},
                                   {"Service", "SystemCallFilter", ""},
                                   {"Service", "SystemCallFilter", "@system-service"},
                                   {"Service", "SystemCallFilter", "~@clock"},
                                   {"Service", "NoNewPrivileges", "no"}}};
  UnitFile drop_in{.exists = true, .directives = {{"Service", "NoNewPrivileges", "on"}}};
  world.text("FragmentPath", "/etc/x.service")
      .property("DropInPaths", texts({"/etc/x.service.d/a.conf"}))
      .property("NoNewPrivileges", Value{true})
      .property("SystemCallFilter", Value{Values{Value{true}, texts({"read", "write"})}})
      .with(SyscallGroupsKey{},
            std::map<std::string, std::set<std::string>>{
                {"@clock", {"adjtimex"}}, {"@system-service", {"adjtimex", "read", "write"}}})
      .with(UnitFileKey{"/etc/x.service"}, fragment)
      .with(UnitFileKey{"/etc/x.service.d/a.conf"}, drop_in);
  const Dict expected{{"SystemCallFilter", texts({"@system-service", "~@clock"})},
                      {"NoNewPrivileges", Value{true}}};
  EXPECT_EQ(world.capture(hardening), expected);
}

TEST(Written, IsAsLoadedWhereTheFilesSayOtherwise) {
  World world = a_service_in(ActiveState::active, "running");
  UnitFile fragment{.exists = true,
                    .directives = {{"Service", "CapabilityBoundingSet", "CAP_KILL CAP_CHOWN"}}};
  world.text("FragmentPath", "/etc/x.service")
      .property("DropInPaths", texts({}))
      .number("CapabilityBoundingSet", 1)
      .with(UnitFileKey{"/etc/x.service"}, fragment);
  const Dict expected{{"CapabilityBoundingSet", Value{std::string("CAP_CHOWN")}}};
  EXPECT_EQ(world.capture(hardening), expected);
}
}  // namespace
}  // namespace checklist::checks
