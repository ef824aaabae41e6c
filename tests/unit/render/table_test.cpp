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
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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
  expect_golden("table.txt", table(sample(), sample(), {}));
}

TEST(Table, SaysTheSameWithAndWithoutColour) {
  EXPECT_THAT(matrix(sample(), Colour::ansi), HasSubstr("\033["));
  EXPECT_EQ(without_colours(matrix(sample(), Colour::ansi)), matrix(sample(), Colour::plain));
  EXPECT_EQ(without_colours(table(sample(), sample(), {.colour = Colour::ansi})),
            table(sample(), sample(), {}));
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
  const std::string text = table(report({unit}), report({unit}), {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, HasSubstr("one two"));
}

TEST(Table, IsLeftOutWhereItDoesNotFit) {
  const std::string narrow = table(sample(), sample(), {.colour = Colour::plain, .columns = 40});
  EXPECT_THAT(narrow, StartsWith("✗ FAIL  llamacpp.service  port_bindings\n"));
  EXPECT_THAT(narrow, HasSubstr("1 pass, 3 fail, 1 unknown, 1 skipped\n"));
  EXPECT_THAT(narrow, EndsWith("needs a terminal of 48 columns.\n"));
  EXPECT_THAT(table(sample(), sample(), {.colour = Colour::plain, .columns = 48}),
              StartsWith(matrix(sample(), Colour::plain)));
}
}  // namespace
}  // namespace checklist::render
