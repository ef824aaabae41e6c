// SPDX-License-Identifier: MIT
#include "checks/definition/ignored_lines.hpp"

#include <gmock/gmock.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::World;

const IgnoredLinesKey x{"x.service"};
const std::string file = "/etc/systemd/system/x.service";

Findings found(Observed<std::vector<IgnoredLine>> lines) {
  World world = testing::a_world("x.service");
  world.with(x, std::move(lines));
  View see = world.view();
  return ignored_lines("x.service", see);
}

IgnoredLine line(std::uint64_t number, std::string text) {
  return {.file = file, .line = number, .text = std::move(text)};
}

TEST(IgnoredLines, AreNoneWhereNothingWasIgnored) {
  EXPECT_THAT(found(std::vector<IgnoredLine>()), IsEmpty());
}

TEST(IgnoredLines, FailByFileAndLine) {
  const Findings all =
      found(std::vector{line(3, "Unknown key name 'A' in section 'B', ignoring.")});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].status, Status::fail);
  EXPECT_EQ(all[0].subject, file + ":3");
  EXPECT_EQ(all[0].reason, "ignored_line");
  EXPECT_EQ(all[0].hint, "correct " + file + ":3, then run `systemctl daemon-reload`");
}

TEST(IgnoredLines, QuoteTheLogOnlyInDetails) {
  const Findings all =
      found(std::vector{line(3, "Failed to parse value, ignoring: password=secret")});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].observed, Not(HasSubstr("secret")));
  EXPECT_TRUE(all[0].quotes_log);
}

TEST(IgnoredLines, TellTheKind) {
  const auto described = [](const std::string& text) {
    return found(std::vector{line(3, text)})[0].observed;
  };
  EXPECT_THAT(described("Unknown key name 'X' in section 'Unit', ignoring."),
              HasSubstr("no such key"));
  EXPECT_THAT(described("Unknown section 'unit'. Ignoring."), HasSubstr("none of this name"));
  EXPECT_THAT(described("Assignment outside of section. Ignoring."), HasSubstr("no section"));
}

TEST(IgnoredLines, AreOneForALineAndSixteenAtMost) {
  EXPECT_THAT(found(std::vector{line(3, "a"), line(3, "b"), line(4, "a")}), SizeIs(2));
  std::vector<IgnoredLine> many;
  for (std::uint64_t number = 1; number < 40; ++number) {
    many.push_back(line(number, "ignoring"));
  }
  EXPECT_THAT(found(many), SizeIs(16));
}

TEST(IgnoredLines, AreUnknownIfTheJournalCannotBeRead) {
  const Findings all = found(Unseen{"permission", "cannot read the journal", ""});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].status, Status::unknown);
  EXPECT_EQ(all[0].reason, "permission");
}
}  // namespace
}  // namespace checklist::checks
