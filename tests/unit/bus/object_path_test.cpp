// SPDX-License-Identifier: MIT
#include "bus/object_path.hpp"

#include <gtest/gtest.h>

namespace checklist::bus {
namespace {
constexpr auto units = "/org/freedesktop/systemd1/unit";

TEST(ObjectPath, EscapesAsSystemdDoes) {
  EXPECT_EQ(escaped_path(units, "dbus.service"), std::string(units) + "/dbus_2eservice");
  EXPECT_EQ(escaped_path(units, "a@b-c.timer"), std::string(units) + "/a_40b_2dc_2etimer");
  EXPECT_EQ(escaped_path(units, "9p.mount"), std::string(units) + "/_39p_2emount");
  EXPECT_EQ(escaped_path(units, ""), std::string(units) + "/_");
}

TEST(ObjectPath, RoundTrips) {
  for (const std::string name : {"dbus.service", "a\\x2db@ü.mount", "-.slice", "9.target"}) {
    EXPECT_EQ(unescaped_name(escaped_path(units, name)), name);
  }
}

TEST(ObjectPath, ReturnsNoNameForWhatIsNoPath) {
  EXPECT_EQ(unescaped_name(""), "");
  EXPECT_EQ(unescaped_name("dbus_2eservice"), "");
}
}  // namespace
}  // namespace checklist::bus
