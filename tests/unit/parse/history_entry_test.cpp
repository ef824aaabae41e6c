// SPDX-License-Identifier: MIT
#include "parse/history_entry.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
JournalFields entry(std::string_view id, JournalFields fields) {
  fields.emplace("MESSAGE_ID", id);
  return fields;
}

JournalFields job(std::string_view id, const std::string& result, const std::string& text) {
  return entry(id, {{"JOB_TYPE", "start"}, {"JOB_RESULT", result}, {"MESSAGE", text}});
}

struct Row {
  JournalFields fields;
  UnitEvent event;
};

// The texts are those of systemd 249, 252, 257 and 262.
TEST(HistoryEntry, TellsWhatHappenedToAUnit) {
  const std::string skip =
      "x.service was skipped because of an unmet condition check "
      "(ConditionPathExists=/nonexistent).";
  const std::string triggers =
      "x.service was skipped because no trigger condition checks were met.";
  const std::string new_skip = "x.service skipped, unmet condition check ConditionPathExists=/none";
  const std::string new_triggers = "x.service skipped, no trigger condition checks were met.";
  const std::string old_skip = "Condition check resulted in x.service being skipped.";
  const std::string depends = "Dependency failed for x.service.";
  const std::vector<Row> table{
      {job(message::started, "done", "Started x.service."), StartDone{}},
      {job(message::started, "done", "Finished x.service - X."), StartDone{.ran = true}},
      {job(message::started, "done", skip), StartRefused{"condition", skip}},
      {job(message::started, "done", triggers), StartRefused{"condition", triggers}},
      {job(message::started, "done", new_skip), StartRefused{"condition", new_skip}},
      {job(message::started, "done", new_triggers), StartRefused{"condition", new_triggers}},
      {job(message::started, "done", old_skip), StartRefused{"condition", old_skip}},
      {job(message::failed, "dependency", depends), StartRefused{"dependency", depends}},
      {job(message::failed, "assert", "Assertion failed"),
       StartRefused{"assert", "Assertion failed"}},
      {job(message::failed, "timeout", "Timed out"), StartRefused{"timeout", "Timed out"}},
      {entry(message::skipped,
             {{"UNIT_RESULT", "exec-condition"}, {"MESSAGE", "Skipped due to 'exec-condition'."}}),
       StartRefused{"condition", "Skipped due to 'exec-condition'."}},
      {entry(message::succeeded, {}), RunEnded{"success"}},
      {entry(message::failure_result, {{"UNIT_RESULT", "exit-code"}}), RunEnded{"exit-code"}},
      {entry(message::failure_result, {{"UNIT_RESULT", "core-dump"}}), RunEnded{"core-dump"}},
      {entry(message::restart_scheduled, {{"N_RESTARTS", "7"}}), AutoRestart{}},
      {entry(message::process_exit,
             {{"EXIT_CODE", "exited"}, {"EXIT_STATUS", "3"}, {"COMMAND", "ExecStart"}}),
       ProcessExit{"exited", "3"}},
      {entry(message::process_exit, {{"EXIT_CODE", "killed"}, {"EXIT_STATUS", "9"}}),
       ProcessExit{"killed", "KILL"}},
      {entry(message::process_exit, {{"EXIT_CODE", "dumped"}, {"EXIT_STATUS", "6"}}),
       ProcessExit{"dumped", "ABRT"}},
  };
  for (const auto& [fields, event] : table) {
    EXPECT_EQ(unit_event(fields), event) << fields.find("MESSAGE_ID")->second;
  }
}

TEST(HistoryEntry, TellsNothingWhenAnEntryIsNotAsItShouldBe) {
  const std::vector<JournalFields> table{
      {},
      {{"MESSAGE_ID", ""}},
      entry("7d4958e842da4a758f6c1cdc7b36dcc5", {{"JOB_TYPE", "start"}}),  // it is starting
      entry(message::started, {}),
      entry(message::started, {{"JOB_TYPE", "reload"}, {"JOB_RESULT", "done"}}),
      job(message::started, "", "Started x."),
      job(message::failed, "Dependency\n", "x"),
      job(message::failed, std::string(65, 'a'), "x"),
      job(message::failed, "failed", "Failed to start x.service."),  // a run that ended tells how
      entry(message::failure_result, {}),
      entry(message::failure_result, {{"UNIT_RESULT", "<b>"}}),
      entry(message::process_exit, {{"EXIT_CODE", "exited"}}),
      entry(message::process_exit, {{"EXIT_CODE", "exited"}, {"EXIT_STATUS", "3x"}}),
      entry(message::process_exit,
            {{"EXIT_CODE", "exited"}, {"EXIT_STATUS", "1"}, {"COMMAND", "ExecReload"}}),
  };
  for (const auto& fields : table) {
    EXPECT_EQ(unit_event(fields), UnitEvent()) << ::testing::PrintToString(fields);
  }
}

TEST(HistoryEntry, AUnitsDescriptionPassesForNoSkip) {
  const std::string text = "Started x.service - Tells what was skipped because of rain.";
  EXPECT_EQ(unit_event(job(message::started, "done", text)), UnitEvent(StartDone{}));
}

TEST(HistoryEntry, OnlyTheManagersOwnEntriesCount) {
  EXPECT_EQ(manager_of(std::nullopt).trusted, std::vector<std::string>{"_PID=1"});
  for (const std::string& match : manager_of(1000).trusted) {
    EXPECT_TRUE(match.starts_with('_')) << match;
  }
}
}  // namespace
}  // namespace checklist::parse
