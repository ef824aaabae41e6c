// SPDX-License-Identifier: MIT
#include "parse/ignored_line.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
const std::string file = "/etc/systemd/system/x.service";
const std::string text = file + ":3: Unknown key name 'MemoryMaxx' in section 'Service', ignoring.";

JournalFields entry(const std::string& message = text, const std::string& priority = "4") {
  return {{"MESSAGE_ID", std::string(message::invalid_configuration)},
          {"PRIORITY", priority},
          {"MESSAGE", message},
          {"CONFIG_FILE", file},
          {"CONFIG_LINE", "3"},
          {"UNIT", "x.service"}};
}

JournalFields kernel(const std::string& message, const std::string& pid = "1") {
  return {{"_TRANSPORT", "kernel"},
          {"SYSLOG_IDENTIFIER", "systemd"},
          {"SYSLOG_PID", pid},
          {"PRIORITY", "4"},
          {"MESSAGE", message}};
}

TEST(IgnoredLine, HasFileLineAndUnit) {
  EXPECT_EQ(
      ignored_line(entry(), "UNIT"),
      (IgnoredLineEntry{.units = {"x.service"}, .line = {.file = file, .line = 3, .text = text}}));
  EXPECT_TRUE(ignored_line(entry(file + ":3: Assignment outside of section. Ignoring."), "UNIT"));
  EXPECT_TRUE(ignored_line(entry(file + ":3: Unknown section 'unit'. Ignoring."), "UNIT"));
  EXPECT_FALSE(ignored_line(entry(), "USER_UNIT"));
}

TEST(IgnoredLine, IsNoneThatTakesEffect) {
  EXPECT_FALSE(ignored_line(entry(file + ":3: PIDFile= references a path below legacy directory "
                                         "/var/run/, updating; please update the unit file."),
                            "UNIT"));
  EXPECT_FALSE(ignored_line(entry(text, "5"), "UNIT")) << "notices are about what is obsolete";
  EXPECT_FALSE(ignored_line({{"MESSAGE", text}, {"PRIORITY", "4"}, {"UNIT", "x.service"}}, "UNIT"));
}

TEST(IgnoredLine, IsFoundInTheKernelLogByItsText) {
  EXPECT_EQ(ignored_line(kernel(text), "UNIT")->units, (std::set<std::string>{"x.service"}));
  const auto drop_in = ignored_line(
      kernel("/etc/systemd/system/x@.service.d/a.conf:12: Unknown section 'X'. Ignoring."), "UNIT");
  ASSERT_TRUE(drop_in);
  EXPECT_EQ(drop_in->units, (std::set<std::string>{"x@.service"}));
  EXPECT_EQ(drop_in->line.line, 12U);
  EXPECT_FALSE(ignored_line(kernel(text, "7"), "UNIT")) << "another process";
  for (const char* bad : {"ignoring", "/a ignoring", "/a:b: ignoring", "/a:3 ignoring", ""}) {
    EXPECT_FALSE(ignored_line(kernel(bad), "UNIT")) << bad;
  }
}
}  // namespace
}  // namespace checklist::parse
