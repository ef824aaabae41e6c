// SPDX-License-Identifier: MIT
#include "render/table.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::size_t longest_line(const std::string& text) {
  std::size_t out = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    out = std::max(out, static_cast<std::size_t>(std::ranges::count_if(
                            line, [](char c) { return (c & 0xC0) != 0x80; })));
  }
  return out;
}

std::string without_colours(std::string text) {
  for (auto at = text.find('\033'); at != std::string::npos; at = text.find('\033')) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  return text;
}

TEST(Table, IsTheGoldenText) {
  expect_golden("table.txt", matrix(sample(), Colour::plain) + "\n" +
                                 findings(sample(), Colour::plain) + "\n" + totals(sample()) +
                                 "\n");
}

TEST(Table, SaysTheSameWithAndWithoutColour) {
  EXPECT_THAT(matrix(sample(), Colour::ansi), HasSubstr("\033["));
  EXPECT_EQ(without_colours(matrix(sample(), Colour::ansi)), matrix(sample(), Colour::plain));
  EXPECT_EQ(without_colours(findings(sample(), Colour::ansi)), findings(sample(), Colour::plain));
}

TEST(Table, HasRoomForThirteenUnitsAndFiveChecks) {
  std::vector<std::shared_ptr<const ServiceReport>> services;
  for (int i = 0; i < 13; ++i) {
    std::vector<CheckResult> checks;
    for (const char* check :
         {"boot_start", "dependencies", "port_bindings", "service_state", "toggles"}) {
      checks.push_back(result(check, {i == 0 ? unseen("x") : passing("x")}));
    }
    services.push_back(service(i == 0 ? "setup-system-credentials.service" : "x.service", checks));
  }
  EXPECT_LE(longest_line(matrix(report(services), Colour::plain)), 100U);
}

TEST(Table, LeavesNoTrailingBlanks) {
  std::istringstream lines(matrix(sample(), Colour::plain));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_FALSE(line.ends_with(' ')) << "'" << line << "'";
  }
}

TEST(Table, LetsNoReportSteerTheTerminal) {
  auto unit = service("x.service", {result("a", {failing("\033]0;title\a", "one\ntwo\033[2J")})});
  unit->group = "g\033[31m";
  const std::string text =
      matrix(report({unit}), Colour::plain) + findings(report({unit}), Colour::plain);
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, HasSubstr("one two"));
}

TEST(Findings, AreNothingWhenEverythingPasses) {
  EXPECT_THAT(
      findings(report({service("x.service", {result("a", {passing("x")})})}), Colour::plain),
      IsEmpty());
}

TEST(Findings, TellFailuresFirst) {
  auto first = service("a.service", {result("a", {unseen("x")})});
  auto second = service("b.service", {result("a", {failing("y", "z")})});
  const std::string text = findings(report({first, second}), Colour::plain);
  EXPECT_LT(text.find("b.service"), text.find("a.service"));
}
}  // namespace
}  // namespace checklist::render
