// SPDX-License-Identifier: MIT
#include "render/formats/nagios.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

CheckResult known(CheckResult result) {
  result.acknowledged = {.until = at_second(1700600000), .reason = "moves", .by = "dev"};
  return result;
}

Report of(std::vector<CheckResult> results) {
  return report({service("x.service", std::move(results))});
}

const CheckResult good = result("good", {passing("x")});
const CheckResult bad = result("bad", {failing("x", "it is bad")});
const CheckResult dark = result("dark", {unseen("x")});
const CheckResult idle = result("idle", {});

TEST(Nagios, IsCriticalIfACheckFails) {
  EXPECT_EQ(plugin_state(of({good, bad, dark, known(bad)})), PluginState::critical);
  EXPECT_EQ(nagios(of({good, bad, dark, idle})),
            "CHECKLIST CRITICAL - 1 of 3 checks fails: x.service bad: it is bad | pass=1;;;0;4 "
            "fail=1;;0;0;4 acknowledged=0;0;;0;4 unknown=1;;;0;4 skipped=1;;;0;4\n");
}

TEST(Nagios, IsAWarningIfAllThatDoesNotPassIsAcknowledged) {
  EXPECT_EQ(plugin_state(of({good, known(bad)})), PluginState::warning);
  EXPECT_EQ(plugin_state(of({good, known(dark)})), PluginState::warning);
  EXPECT_EQ(plugin_state(of({known(bad), dark})), PluginState::warning)
      << "as in max_state_alt() of monitoring-plugins";
  EXPECT_THAT(nagios(of({good, known(bad)})),
              StartsWith("CHECKLIST WARNING - 1 of 2 checks does not pass and is acknowledged: "
                         "x.service bad: it is bad | "));
}

TEST(Nagios, IsUnknownIfACheckIsUnknownOrNoneWasDecided) {
  EXPECT_EQ(plugin_state(of({good, dark})), PluginState::unknown);
  EXPECT_THAT(nagios(of({good, dark})), StartsWith("CHECKLIST UNKNOWN - 1 of 2 checks is unknown: "
                                                   "x.service dark: sockets cannot be read | "));
  EXPECT_EQ(plugin_state(of({idle})), PluginState::unknown);
  EXPECT_THAT(nagios(report({})), StartsWith("CHECKLIST UNKNOWN - no check was decided | pass=0;"));
}

TEST(Nagios, IsOkIfAllPass) {
  EXPECT_EQ(plugin_state(of({good, idle})), PluginState::ok);
  EXPECT_THAT(nagios(of({good, idle})), StartsWith("CHECKLIST OK - 1 of 1 check passes | "));
}

TEST(Nagios, NamesAFewAndCountsTheRest) {
  const std::string text = nagios(of({bad, bad, bad, bad, bad}));
  EXPECT_THAT(text,
              StartsWith("CHECKLIST CRITICAL - 5 of 5 checks fail: x.service bad: it is bad; "));
  EXPECT_THAT(text, HasSubstr("; and 2 more | "));
}

TEST(Nagios, IsOneLineWithOneBar) {
  const auto hostile =
      result("a", {failing("x", "one\ntwo | pass=9 " + std::string(1000, 'y') + "\x1b")});
  const std::string text = nagios(of({hostile}));
  EXPECT_EQ(std::ranges::count(text, '|'), 1);
  EXPECT_EQ(std::ranges::count(text, '\n'), 1);
  EXPECT_THAT(text, EndsWith("\n"));
  EXPECT_THAT(text, HasSubstr("one two ¦ pass=9 yyy"));
  EXPECT_LT(text.size(), 400U);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_EQ(nagios_unknown("a|b\nc"), "CHECKLIST UNKNOWN - a¦b c\n");
}
}  // namespace
}  // namespace checklist::render
