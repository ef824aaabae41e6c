// SPDX-License-Identifier: MIT
#include "observe/journal/history_observer.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "support/journal.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace message = parse::message;
using Fields = std::map<std::string, std::string>;

const std::string now_boot(32, 'b');
const std::string former_boot(32, 'a');
constexpr std::int64_t boot_wall = 1'700'000'000;  // of this boot's start, in s

class HistoryObserverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(testing::journal_remote, X_OK) != 0) {
      GTEST_SKIP() << "needs systemd-journal-remote";
    }
  }

  testing::JournalWriter& writer() {
    if (!writer_) {
      writer_.emplace(directory_.path() / "system.journal");
    }
    return *writer_;
  }

  void flush() { writer_.reset(); }

  // What PID 1 logs that long after the boot, or, negative, in the boot before.
  static Fields said(Duration at, std::string_view id, const std::string& unit, Fields more = {}) {
    more.insert(
        {{"__REALTIME_TIMESTAMP", std::to_string(boot_wall * 1'000'000 + at.count())},
         {"__MONOTONIC_TIMESTAMP", std::to_string(at.count() + (at < 0s ? 9'000'000'000 : 0))},
         {"_BOOT_ID", at < 0s ? former_boot : now_boot},
         {"MESSAGE_ID", std::string(id)},
         {"UNIT", unit},
         {"_PID", "1"},
         {"_UID", "0"}});
    return more;
  }

  static Fields started(Duration at, const std::string& unit, const std::string& text = "Started") {
    return said(at, message::started, unit,
                {{"JOB_TYPE", "start"}, {"JOB_RESULT", "done"}, {"MESSAGE", text + " " + unit}});
  }

  static Fields failed(Duration at, const std::string& unit, const std::string& invocation) {
    return said(at, message::failure_result, unit,
                {{"UNIT_RESULT", "exit-code"}, {"INVOCATION_ID", invocation}});
  }

  static Fields exited(Duration at, const std::string& unit, const std::string& invocation,
                       const std::string& status, const std::string& command = "ExecStart") {
    return said(at, message::process_exit, unit,
                {{"EXIT_CODE", "exited"},
                 {"EXIT_STATUS", status},
                 {"COMMAND", command},
                 {"INVOCATION_ID", invocation}});
  }

  void follow(const std::set<std::string>& units) {
    std::set<HistoryKey> keys;
    for (const auto& unit : units) {
      keys.insert({unit});
    }
    observer_.follow(keys);
  }

  bool until(const std::function<bool()>& done) { return loop_.run_until(done, 10s); }

  bool known(const std::string& unit) {
    return until([&] { return !facts_[unit].pending(); });
  }

  static TimePoint at(Duration since_boot) { return TimePoint{since_boot}; }

  testing::TemporaryDirectory directory_;
  std::optional<testing::JournalWriter> writer_;
  event::Loop loop_;
  std::map<std::string, Observed<History>> facts_;
  HistoryObserver observer_{
      loop_,
      bus::Scope::system,
      [this](const HistoryKey& key, Observed<History> fact) { facts_[key.unit] = std::move(fact); },
      directory_.path(),
      {.id = now_boot, .began = TimePoint{}, .epoch = WallTime{std::chrono::seconds(boot_wall)}}};
};

TEST_F(HistoryObserverTest, AnEmptyJournalIsAnEmptyHistory) {
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  ASSERT_TRUE(facts_["x.service"]);
  EXPECT_EQ(*facts_["x.service"], History{});
}

TEST_F(HistoryObserverTest, LooksBackThroughAllBoots) {
  writer().write(started(-100s, "x.service"));
  writer().write(exited(-90s, "x.service", "i1", "3"));
  writer().write(exited(-90s, "x.service", "i1", "7", "ExecStopPost"));
  writer().write(failed(-90s, "x.service", "i1"));
  writer().write(started(5s, "other.service"));
  flush();
  follow({"x.service", "other.service"});
  ASSERT_TRUE(known("x.service") && known("other.service"));
  const History& x = *facts_["x.service"];
  EXPECT_EQ(x.last_started, at(-100s));
  EXPECT_EQ(x.last_run, (checklist::Run{.ended = at(-90s),
                                        .this_boot = false,
                                        .result = "exit-code",
                                        .exit_code = "exited",
                                        .exit_status = "3"}));
  EXPECT_EQ(facts_["other.service"]->last_started, at(5s));
  EXPECT_FALSE(facts_["other.service"]->last_run);
}

TEST_F(HistoryObserverTest, CountsTheRestartsOfThisBootAlone) {
  writer().write(said(-10s, message::restart_scheduled, "x.service"));
  for (int i = 1; i <= 70; ++i) {
    writer().write(said(std::chrono::seconds(i), message::restart_scheduled, "x.service"));
  }
  flush();
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  EXPECT_EQ(facts_["x.service"]->restarts.size(), 64U);
  EXPECT_EQ(facts_["x.service"]->restarts.front(), at(7s));
}

TEST_F(HistoryObserverTest, NobodyElseSpeaksForTheManager) {
  writer().write(failed(1s, "x.service", "i1"));
  for (Fields forged : {said(2s, message::succeeded, "x.service"), started(3s, "x.service")}) {
    forged["_PID"] = "4711";
    forged["_UID"] = "65534";
    writer().write(forged);
  }
  flush();
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  EXPECT_EQ(facts_["x.service"]->last_run->result, "exit-code");
  EXPECT_FALSE(facts_["x.service"]->last_started);
  Fields forged = said(4s, message::succeeded, "x.service");
  forged["_PID"] = "4711";
  writer().write(forged);
  writer().write(started(5s, "x.service"));
  ASSERT_TRUE(until([&] { return facts_["x.service"]->last_started == at(5s); }));
  EXPECT_EQ(facts_["x.service"]->last_run->result, "exit-code");
}

TEST_F(HistoryObserverTest, FollowsNewEntries) {
  writer().write(started(1s, "x.service"));
  follow({"x.service"});
  ASSERT_TRUE(until([&] { return facts_["x.service"] && facts_["x.service"]->last_started; }));
  writer().write(exited(2s, "x.service", "i1", "5"));
  writer().write(failed(3s, "x.service", "i1"));
  writer().write(said(4s, message::restart_scheduled, "x.service"));
  ASSERT_TRUE(until([&] { return facts_["x.service"]->restarts.size() == 1; }));
  EXPECT_EQ(facts_["x.service"]->last_run->exit_status, "5");
  writer().write(said(5s, message::failed, "x.service",
                      {{"JOB_TYPE", "start"},
                       {"JOB_RESULT", "dependency"},
                       {"MESSAGE", "Dependency failed for x."}}));
  ASSERT_TRUE(until([&] { return facts_["x.service"]->last_refusal.has_value(); }));
  EXPECT_EQ(facts_["x.service"]->last_refusal->result, "dependency");
  writer().write(started(6s, "x.service"));
  EXPECT_TRUE(until([&] { return !facts_["x.service"]->last_refusal; }));
}

TEST_F(HistoryObserverTest, FollowsRotationAndRemembersWhatIsVacuumed) {
  writer().write(failed(1s, "x.service", "i1"));
  follow({"x.service"});
  ASSERT_TRUE(until([&] { return facts_["x.service"] && facts_["x.service"]->last_run; }));
  flush();
  const auto current = directory_.path() / "system.journal";
  std::filesystem::rename(current, directory_.path() / "system@1.journal");
  writer().write(started(2s, "x.service"));
  ASSERT_TRUE(until([&] { return facts_["x.service"]->last_started == at(2s); }));
  std::filesystem::remove(directory_.path() / "system@1.journal");
  writer().write(started(3s, "x.service"));
  ASSERT_TRUE(until([&] { return facts_["x.service"]->last_started == at(3s); }));
  EXPECT_EQ(facts_["x.service"]->last_run->result, "exit-code");
  facts_.clear();
  follow({});
  follow({"x.service"});  // looked for anew
  ASSERT_TRUE(known("x.service"));
  EXPECT_FALSE(facts_["x.service"]->last_run);
}

TEST_F(HistoryObserverTest, AnotherUnitIsLookedForWhenItIsAskedFor) {
  writer().write(started(1s, "x.service"));
  writer().write(started(2s, "y.service"));
  flush();
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  EXPECT_TRUE(facts_["y.service"].pending());
  follow({"x.service", "y.service"});
  ASSERT_TRUE(known("y.service"));
  EXPECT_EQ(facts_["y.service"]->last_started, at(2s));
}

TEST_F(HistoryObserverTest, ALongPastBlocksTheLoopForMillisecondsOnly) {
  const std::string skip = " was skipped because of an unmet condition check (ConditionX=y).";
  for (int i = 1; i <= 20'000; ++i) {
    writer().write(started(std::chrono::milliseconds(i), "x.service", "x.service" + skip));
  }
  writer().write(started(30s, "y.service"));
  flush();
  follow({"x.service", "y.service"});
  ASSERT_TRUE(known("x.service"));
  ASSERT_TRUE(known("y.service"));
  EXPECT_EQ(facts_["x.service"]->last_refusal->at, at(20s));
  EXPECT_LT(loop_.take_longest_turn(), 50ms);  // 2 ms, on a machine that does nothing else
}

TEST_F(HistoryObserverTest, SaysSoWhenThereIsNoJournal) {
  std::filesystem::remove(directory_.path());
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  EXPECT_EQ(facts_["x.service"].unseen().reason, "unsupported");
  std::filesystem::create_directory(directory_.path());
  writer().write(started(1s, "x.service"));
  flush();
  observer_.look_again();
  EXPECT_TRUE(until([&] { return facts_["x.service"] && facts_["x.service"]->last_started; }));
}

TEST_F(HistoryObserverTest, SurvivesAFileThatIsNoJournal) {
  std::ofstream(directory_.path() / "system@broken.journal") << "no journal";
  writer().write(started(1s, "x.service"));
  flush();
  follow({"x.service"});
  ASSERT_TRUE(known("x.service"));
  EXPECT_EQ(facts_["x.service"]->last_started, at(1s));
}
}  // namespace
}  // namespace checklist::observe
