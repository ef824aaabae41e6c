// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef journal_errors;

namespace {
using namespace std::chrono_literals;
using testing::a_unit;
using testing::a_world;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::verdict;
using testing::World;
using testing::worst_finding;

World x_is(std::string id = "x.service") {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit(std::move(id), ActiveState::active, "running"))
      .text("StandardInput", "null")
      .text("StandardOutput", "journal")
      .text("StandardError", "inherit")
      .text("LogNamespace", "")
      .property("LogLevelMax", Value{std::int64_t{-1}})
      .property("SyslogLevel", Value{std::int64_t{6}});
  return world;
}

Value word(std::string text) {
  return {std::move(text)};
}

JournalMessagesKey asked_by(World& world, const Dict& arguments) {
  (void)world.evaluate(journal_errors, arguments);
  const auto wanted = world.facts().wanted<JournalMessagesKey>();
  return wanted ? *wanted->rbegin() : JournalMessagesKey{};
}

World x_said(std::vector<JournalMessage> latest, const Dict& arguments = {},
             std::optional<TimePoint> suppressed = {}) {
  World world = x_is();
  world.with(asked_by(world, arguments),
             JournalMessages{.latest = std::move(latest), .suppressed = suppressed});
  return world;  // moved: its facts know who read them
}

// That long before now, which is one hour.
JournalMessage message(Duration before, MessageCause cause = MessageCause::priority) {
  return {
      .at = TimePoint{1h - before}, .priority = Priority::err, .cause = cause, .text = "secret"};
}

TEST(JournalErrors, AsksForTheUnitByItsCanonicalName) {
  World world = x_is("y.service");
  const auto key = asked_by(world, {});
  EXPECT_EQ(key.unit, "x.service");
  EXPECT_EQ(key.id, "y.service");
  EXPECT_EQ(key.priority, Priority::err);
  EXPECT_EQ(key.window, 15min);
  EXPECT_TRUE(world.pending());
}

TEST(JournalErrors, PassesWithoutMessages) {
  World world = x_said({});
  EXPECT_EQ(verdict(journal_errors, world), "pass");
  EXPECT_FALSE(world.wake_at());
}

TEST(JournalErrors, FailsUntilTheWindowIsOver) {
  World world = x_said({message(14min)});
  EXPECT_EQ(verdict(journal_errors, world), "fail errors");
  EXPECT_EQ(world.wake_at(), TimePoint{1h + 1min});
  EXPECT_EQ(verdict(journal_errors, world.at(1h + 1min)), "pass");
  EXPECT_FALSE(world.wake_at());
}

TEST(JournalErrors, SaysWhy) {
  const auto by = [](MessageCause cause) {
    World world = x_said({message(1s, cause)});
    return verdict(journal_errors, world);
  };
  EXPECT_EQ(by(MessageCause::priority), "fail errors");
  EXPECT_EQ(by(MessageCause::failure), "fail failed");
  EXPECT_EQ(by(MessageCause::match), "fail matched");
}

TEST(JournalErrors, QuotesTheLatestOfTheGravestMessages) {
  const auto says = [](Duration before, Priority priority, MessageCause cause, std::string text) {
    return JournalMessage{.at = TimePoint{1h - before},
                          .priority = priority,
                          .cause = cause,
                          .text = std::move(text)};
  };
  World world =
      x_said({says(5min, Priority::err, MessageCause::priority, "older"),
              says(4min, Priority::err, MessageCause::priority, "cause"),
              says(3min, Priority::err, MessageCause::failure, "Failed to start x."),
              says(2min, Priority::warning, MessageCause::failure, "Failed with result")});
  EXPECT_EQ(worst_finding(journal_errors, world).details, "cause");
}

TEST(JournalErrors, IsUnknownWhereItsOutputGoesElsewhere) {
  const Dict match{{"match", Value{Values{word("level=error")}}}};
  World world = x_said({}, match);
  EXPECT_EQ(verdict(journal_errors, world, match), "pass");
  world.text("StandardOutput", "null");
  EXPECT_EQ(verdict(journal_errors, world, match), "unknown elsewhere");
  world = x_said({message(1min)}, match);
  world.text("StandardOutput", "null");
  EXPECT_EQ(verdict(journal_errors, world, match), "fail errors");
}

TEST(JournalErrors, TellsTheGravestOfSeveralCauses) {
  World world = x_said(
      {message(3min), message(2min, MessageCause::match), message(1min, MessageCause::failure)});
  EXPECT_EQ(verdict(journal_errors, world), "fail errors");
  EXPECT_EQ(verdict(journal_errors, world.at(1h + 12min)), "fail failed") << "that one is too old";
}

TEST(JournalErrors, AllowsAsManyAsTheSpecDoes) {
  const Dict two{{"max", Value{std::uint64_t{2}}}};
  World fine = x_said({message(2min), message(1min)}, two);
  EXPECT_EQ(verdict(journal_errors, fine, two), "pass");
  World bad = x_said({message(3min), message(2min), message(1min)}, two);
  EXPECT_EQ(verdict(journal_errors, bad, two), "fail errors");
  EXPECT_EQ(verdict(journal_errors, bad.at(1h + 12min), two), "pass");
}

TEST(JournalErrors, SuppressionIsAFindingOfItsOwn) {
  World world = x_said({message(1min)}, {}, TimePoint{50min});
  const Findings findings = world.evaluate(journal_errors);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].reason, "suppressed");
  EXPECT_THAT(findings[1].hint, HasSubstr("LogRateLimitBurst="));
  World alone = x_said({}, {}, TimePoint{50min});
  EXPECT_EQ(verdict(journal_errors, alone), "fail suppressed");
  EXPECT_EQ(verdict(journal_errors, alone.at(65min)), "pass");
}

TEST(JournalErrors, QuotesTheLogOnlyForThoseWhoMayReadIt) {
  World world = x_said({message(1min)});
  const Finding finding = worst_finding(journal_errors, world);
  EXPECT_EQ(finding.details, "secret");
  EXPECT_TRUE(finding.quotes_log);
  for (const std::string& shown :
       {finding.subject, finding.expected, finding.observed, finding.hint}) {
    EXPECT_THAT(shown, Not(HasSubstr("secret")));
  }
}

TEST(JournalErrors, StaysTheSameWhileMoreAreLogged) {
  World one = x_said({message(1min)});
  World more = x_said({message(2min), message(1min), message(1s)});
  Finding before = worst_finding(journal_errors, one);
  Finding after = worst_finding(journal_errors, more);
  before.details = after.details = {};
  EXPECT_EQ(before, after);
}

TEST(JournalErrors, HintsAtTheCommandThatShowsThem) {
  World world = x_said({message(1min)});
  EXPECT_THAT(worst_finding(journal_errors, world).hint,
              HasSubstr("`journalctl -u x.service -S '-15min' -p err`"));
  world.spec().user = "dev";
  EXPECT_THAT(worst_finding(journal_errors, world).hint, HasSubstr("journalctl --user -u x"));
  World matched = x_said({message(1min, MessageCause::match)});
  EXPECT_THAT(worst_finding(journal_errors, matched).hint,
              HasSubstr("`journalctl -u x.service -S '-15min'`"));
}

TEST(JournalErrors, IsUnknownWhereTheJournalCannotBeRead) {
  World world = x_is();
  world.with(asked_by(world, {}), Unseen{"permission", "it cannot be read", "join the group"});
  EXPECT_EQ(verdict(journal_errors, world), "unknown permission");
}

TEST(JournalErrors, RefusesWhatMakesNoSense) {
  World world = x_is();
  const auto error = [&world](const char* name, Value value) {
    return worst_finding(journal_errors, world, {{name, std::move(value)}});
  };
  EXPECT_EQ(error("match", Value{Values{word("(")}}).subject, "/checks/match/0");
  EXPECT_THAT(error("match", Value{Values{word("(")}}).expected, HasSubstr("RE2"));
  EXPECT_EQ(error("ignore", word("x")).subject, "/checks/ignore");
  EXPECT_EQ(error("priority", word("error")).subject, "/checks/priority");
  EXPECT_EQ(error("window", word("infinity")).subject, "/checks/window");
  EXPECT_EQ(error("max", Value{std::uint64_t{5000}}).subject, "/checks/max");
  EXPECT_EQ(error("pattern", word("x")).subject, "/checks/pattern");
}
}  // namespace
}  // namespace checklist::checks
