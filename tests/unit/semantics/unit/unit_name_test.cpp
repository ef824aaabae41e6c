// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_name.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(UnitName, IsAcceptedAsSystemdWould) {
  for (const char* name :
       {"x.service", "a@b.service", "dev-sda\\x2d1.device", "dbus.socket", "a.b.timer"}) {
    EXPECT_FALSE(name_error(name)) << name;
  }
}

TEST(UnitName, IsRefusedWithWhatToWriteInstead) {
  for (const char* name :
       {"", "x", "x.servce", "x@.service", ".service", "a b.service", "@x.service", "ä.service"}) {
    EXPECT_TRUE(name_error(name)) << name;
  }
  EXPECT_EQ(*name_error("x"), "a unit name with its type, perhaps 'x.service'");
  EXPECT_TRUE(name_error(std::string(250, 'x') + ".service"));
}

TEST(UnitName, TellsTheInterfaceOfAProperty) {
  EXPECT_EQ(type_interface("x.service"), "org.freedesktop.systemd1.Service");
  EXPECT_TRUE(is_unit_property("WantedBy"));
  EXPECT_TRUE(is_unit_property("Wants"));
  EXPECT_FALSE(is_unit_property("MainPID"));
}

TEST(UnitName, KnowsWhichPropertiesChangeWithoutASignal) {
  EXPECT_TRUE(changes_unsignalled("ControlGroup"));
  EXPECT_FALSE(changes_unsignalled("MainPID")) << "the signal carries it";
  EXPECT_FALSE(changes_unsignalled("Type")) << "only with a unit file";
}
}  // namespace
}  // namespace checklist::semantics
