// SPDX-License-Identifier: MIT
#include "checks/logs/hidden_output.hpp"

#include <gmock/gmock.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

constexpr WantedMessages errors{.priority = Priority::err};
constexpr WantedMessages lines{.priority = Priority::err, .at_any_priority = true};

World x_with(const std::string& output, const std::string& error = "inherit",
             const std::string& input = "null") {
  World world = testing::a_world("x.service");
  world.text("StandardInput", input)
      .text("StandardOutput", output)
      .text("StandardError", error)
      .text("LogNamespace", "")
      .property("LogLevelMax", Value{std::int64_t{-1}})
      .property("SyslogLevel", Value{std::int64_t{6}});
  return world;
}

World x_at_most(Priority most) {
  World world = x_with("journal");
  world.property("LogLevelMax", Value{static_cast<std::int64_t>(most)});
  return world;
}

std::vector<std::string> observed(World world, const WantedMessages& want) {
  View see = world.view();
  std::vector<std::string> out;
  for (const Finding& finding : hidden_output(want, see)) {
    EXPECT_EQ(finding.status, Status::unknown);
    out.push_back(finding.observed);
  }
  return out;
}

TEST(HiddenOutput, IsNoneInTheJournal) {
  for (const char* output : {"journal", "journal+console", "syslog"}) {
    EXPECT_THAT(observed(x_with(output), lines), IsEmpty()) << output;
  }
  EXPECT_THAT(observed(x_with("journal", "journal", "socket"), lines), IsEmpty());
}

TEST(HiddenOutput, IsWhatGoesElsewhere) {
  EXPECT_THAT(observed(x_with("null"), lines),
              ElementsAre("standard output and error go to /dev/null"));
  EXPECT_THAT(observed(x_with("append"), lines),
              ElementsAre("standard output and error go to a file"));
  EXPECT_THAT(observed(x_with("file", "journal"), lines),
              ElementsAre("standard output goes to a file"));
  EXPECT_THAT(observed(x_with("journal", "truncate"), lines),
              ElementsAre("standard error goes to a file"));
  EXPECT_THAT(observed(x_with("tty", "null"), lines),
              ElementsAre("standard output goes to a terminal, standard error to /dev/null"));
  for (const char* output : {"kmsg", "kmsg+console", "socket", "fd"}) {
    EXPECT_FALSE(observed(x_with(output), lines).empty()) << output;
  }
}

TEST(HiddenOutput, IsWhatStandardInputLeadsTo) {
  EXPECT_THAT(observed(x_with("inherit", "inherit", "socket"), lines),
              ElementsAre("standard output and error go to a socket"));
  EXPECT_THAT(observed(x_with("inherit", "journal"), lines),
              ElementsAre("standard output goes to /dev/null"));
}

TEST(HiddenOutput, IsNoneIfItsLinesWouldNotCount) {
  EXPECT_THAT(observed(x_with("null"), errors), IsEmpty());
  EXPECT_FALSE(observed(x_with("null"), {.priority = Priority::info}).empty());
  World loud = x_with("null");
  loud.property("SyslogLevel", Value{std::int64_t{3}});
  EXPECT_FALSE(observed(std::move(loud), errors).empty());
}

TEST(HiddenOutput, IsAllInAnotherNamespace) {
  World world = x_with("journal");
  world.text("LogNamespace", "other");
  EXPECT_THAT(observed(std::move(world), errors),
              ElementsAre("messages go to another journal namespace (LogNamespace=)"));
}

TEST(HiddenOutput, IsWhatIsDroppedByItsPriority) {
  EXPECT_THAT(observed(x_at_most(Priority::err), errors),
              ElementsAre("messages less urgent than err are dropped (LogLevelMax=)"));
  EXPECT_THAT(observed(x_at_most(Priority::warning), errors), IsEmpty());
  EXPECT_THAT(observed(x_at_most(Priority::warning), lines),
              ElementsAre("messages less urgent than warning are dropped (LogLevelMax=)"));
  EXPECT_THAT(observed(x_at_most(Priority::info), lines), IsEmpty());
  EXPECT_THAT(observed(x_at_most(Priority::warning), {.priority = Priority::notice}),
              ElementsAre("messages less urgent than warning are dropped (LogLevelMax=)"));
}

TEST(HiddenOutput, IsUnknownIfTheSettingsCannotBeRead) {
  World world = x_with("journal");
  world.with(PropertyKey{"x.service", "StandardError"}, Unseen{"bus", "connection timed out", ""});
  View see = world.view();
  EXPECT_EQ(hidden_output(errors, see).at(0).observed, "connection timed out");
  world.with(PropertyKey{"x.service", "StandardError"},
             Unseen{"unsupported", "no such property", ""});
  EXPECT_THAT(observed(std::move(world), errors), IsEmpty());
}

TEST(HiddenOutput, IsNoneOfUnitsWithoutProcesses) {
  EXPECT_THAT(observed(testing::a_world("x.timer"), lines), IsEmpty());
}
}  // namespace
}  // namespace checklist::checks
