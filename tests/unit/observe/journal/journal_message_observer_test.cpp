// SPDX-License-Identifier: MIT
#include "observe/journal/journal_message_observer.hpp"

#include <fstream>
#include <map>

#include <gmock/gmock.h>

#include "support/journal.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using Fields = std::map<std::string, std::string>;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string now_boot(32, 'b');
const std::string former_boot(32, 'a');
constexpr std::int64_t boot_wall = 1'700'000'000;  // of this boot's start, in s
constexpr Duration always{10 * 365 * 24h};

Fields entry(Duration at, Fields more) {
  more.insert(
      {{"__REALTIME_TIMESTAMP", std::to_string(boot_wall * 1'000'000 + at.count())},
       {"__MONOTONIC_TIMESTAMP", std::to_string(at.count() + (at < 0s ? 9'000'000'000 : 0))},
       {"_BOOT_ID", at < 0s ? former_boot : now_boot}});
  return more;
}

Fields said(Duration at, const std::string& unit, const std::string& text = "text",
            Priority priority = Priority::err) {
  return entry(at, {{"_SYSTEMD_UNIT", unit},
                    {"PRIORITY", std::to_string(static_cast<int>(priority))},
                    {"MESSAGE", text}});
}

JournalMessagesKey key(const std::string& unit, std::vector<std::string> match = {}) {
  return {.unit = unit, .id = unit, .match = std::move(match), .keep = 100, .window = always};
}

class JournalMessageObserverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(testing::journal_remote, X_OK) != 0) {
      GTEST_SKIP() << "needs systemd-journal-remote";
    }
    start();
  }

  // Another process, as far as the observer can tell.
  void start() {
    facts_.clear();
    observer_.emplace(
        loop_, bus::Scope::system,
        [this](const JournalMessagesKey& of, Observed<JournalMessages> fact) {
          facts_[of] = std::move(fact);
        },
        [this] { ++told_; }, directory_.path(),
        semantics::Boot{.id = now_boot,
                        .began = TimePoint{},
                        .epoch = WallTime{std::chrono::seconds(boot_wall)}},
        journald_);
  }

  testing::JournalWriter& writer(const std::string& file = "system.journal") {
    auto& writer = writers_[file];
    if (!writer) {
      writer = std::make_unique<testing::JournalWriter>(directory_.path() / file);
    }
    return *writer;
  }

  void flush() { writers_.clear(); }

  void rotate(const std::string& to) {
    flush();
    std::filesystem::rename(directory_.path() / "system.journal", directory_.path() / to);
  }

  bool until(const std::function<bool()>& done) { return loop_.run_until(done, 10s); }

  void follow(const std::set<JournalMessagesKey>& keys) {
    observer_->follow(keys);
    ASSERT_TRUE(until([&] {
      return std::ranges::all_of(keys, [&](const auto& each) { return !facts_[each].pending(); });
    }));
  }

  std::uint64_t counted(const std::string& unit, Priority priority = Priority::err,
                        MessageClass as = MessageClass::priority) {
    const auto all = observer_->kept().counts;
    const auto counts = all.find(unit);
    const auto count =
        counts == all.end() ? MessageCounts::const_iterator() : counts->second.find({priority, as});
    return counts == all.end() || count == counts->second.end() ? 0 : count->second;
  }

  testing::TemporaryDirectory directory_;
  std::map<std::string, std::unique_ptr<testing::JournalWriter>> writers_;
  event::Loop loop_;
  std::map<JournalMessagesKey, Observed<JournalMessages>> facts_;
  int told_ = 0;
  std::string journald_;  // is not watched
  std::optional<JournalMessageObserver> observer_;
};

const JournalMessagesKey x = key("x.service");
const JournalMessagesKey y = key("y.service");

TEST_F(JournalMessageObserverTest, AnEmptyJournalHoldsNoMessage) {
  follow({x});
  ASSERT_TRUE(facts_[x]);
  EXPECT_EQ(*facts_[x], JournalMessages{});
  EXPECT_EQ(counted("x.service"), 0U);
}

TEST_F(JournalMessageObserverTest, TellsAndCountsWhatIsThereAndWhatComes) {
  writer().write(said(1s, "x.service", "first"));
  writer().write(said(2s, "x.service", "no error", Priority::info));
  writer().write(said(3s, "y.service"));
  flush();
  follow({x});
  ASSERT_THAT(facts_[x]->latest, SizeIs(1));
  EXPECT_EQ(facts_[x]->latest[0].text, "first");
  EXPECT_EQ(facts_[x]->latest[0].at, TimePoint{1s});
  EXPECT_EQ(counted("x.service"), 1U);
  writer().write(said(4s, "x.service", "second"));
  writer().write(said(5s, "x.service", "warning", Priority::warning));
  ASSERT_TRUE(until([&] { return counted("x.service", Priority::warning) == 1; }));
  EXPECT_EQ(counted("x.service"), 2U);
  ASSERT_TRUE(until([&] { return facts_[x]->latest.size() == 2; }));
  EXPECT_GE(told_, 1);
}

TEST_F(JournalMessageObserverTest, SaysSoWhenNothingTakesMessagesAndGoesOnWhenItDoes) {
  journald_ = directory_.path() / "socket";
  writer().write(said(1s, "x.service", "first"));
  flush();
  start();
  follow({x});
  ASSERT_TRUE(until([&] { return !facts_[x]; }));
  EXPECT_EQ(facts_[x].unseen().reason, "no_journal");
  observer_->follow({x, y});
  ASSERT_TRUE(until([&] { return !facts_[y].pending(); }));
  EXPECT_EQ(facts_[y].unseen().reason, "no_journal");
  const auto journald = testing::bind_path(SOCK_DGRAM, journald_);
  ASSERT_TRUE(until([&] { return facts_[x] && facts_[y]; }));
  EXPECT_THAT(facts_[x]->latest, SizeIs(1));
}

TEST_F(JournalMessageObserverTest, CountsAMessageForEveryUnitThatItNames) {
  const Fields more = entry(1s, {{"_PID", "1"}, {"PRIORITY", "3"}, {"MESSAGE", "ordering cycle"}});
  std::multimap<std::string, std::string> cycle(more.begin(), more.end());
  cycle.emplace("UNIT", "x.service");
  cycle.emplace("UNIT", "y.service");
  writer().write(cycle);
  flush();
  follow({x, y});
  EXPECT_THAT(facts_[x]->latest, SizeIs(1));
  EXPECT_THAT(facts_[y]->latest, SizeIs(1));
  EXPECT_EQ(counted("x.service"), 1U);
  EXPECT_EQ(counted("y.service"), 1U);
}

TEST_F(JournalMessageObserverTest, ReadsAtAnyPriorityOnlyWhereAPatternIsGiven) {
  const auto matching = key("y.service", {"level=error"});
  writer().write(said(1s, "x.service", "level=error", Priority::info));
  writer().write(said(2s, "y.service", "level=info", Priority::info));
  writer().write(said(3s, "y.service", "level=error", Priority::info));
  flush();
  follow({x, matching});
  EXPECT_THAT(facts_[x]->latest, IsEmpty());
  ASSERT_THAT(facts_[matching]->latest, SizeIs(1));
  EXPECT_EQ(facts_[matching]->latest[0].cause, MessageCause::match);
  EXPECT_EQ(counted("y.service", Priority::info, MessageClass::match), 1U);
}

TEST_F(JournalMessageObserverTest, LooksBackAsFarAsTheWindowAndNotIntoAnEarlierBoot) {
  const TimePoint now = loop_.now();
  const auto at = [now](Duration before) {
    return std::chrono::duration_cast<Duration>(now.time_since_epoch()) - before;
  };
  writer().write(said(-5s, "x.service", "former boot"));
  writer().write(said(at(30min), "x.service", "too old"));
  writer().write(said(at(10min), "x.service", "recent"));
  flush();
  JournalMessagesKey recent = x;
  recent.window = 15min;
  follow({recent});
  ASSERT_THAT(facts_[recent]->latest, SizeIs(1));
  EXPECT_EQ(facts_[recent]->latest[0].text, "recent");
}

TEST_F(JournalMessageObserverTest, GoesOnWhereAFormerProcessStopped) {
  writer().write(said(-5s, "x.service"));
  writer().write(said(1s, "x.service"));
  flush();
  follow({x});
  EXPECT_EQ(counted("x.service"), 1U) << "of this boot";
  const auto kept = observer_->kept();
  writer().write(said(2s, "x.service"));
  writer().write(said(3s, "x.service"));
  flush();
  start();
  observer_->restore(kept);
  EXPECT_EQ(counted("x.service"), 1U);
  follow({x});
  EXPECT_EQ(counted("x.service"), 3U);
  EXPECT_THAT(facts_[x]->latest, SizeIs(3)) << "those that are counted already are in the window";
}

TEST_F(JournalMessageObserverTest, CountsWhatAnEarlierBootLoggedAfterTheMark) {
  writer().write(said(-9s, "x.service"));
  flush();
  follow({x});
  const auto kept = observer_->kept();
  writer().write(said(-8s, "x.service"));
  writer().write(said(1s, "x.service"));
  flush();
  start();
  observer_->restore(kept);
  follow({x});
  EXPECT_EQ(counted("x.service"), 2U);
  EXPECT_THAT(facts_[x]->latest, SizeIs(1));
}

TEST_F(JournalMessageObserverTest, UnitsThatAreAskedForLaterLoseNothingAndCountNothingTwice) {
  writer().write(said(1s, "x.service"));
  writer().write(said(2s, "y.service"));
  flush();
  follow({x, y});
  const auto kept = observer_->kept();
  writer().write(said(3s, "x.service"));
  writer().write(said(4s, "y.service"));
  flush();
  start();
  observer_->restore(kept);
  follow({x});
  writer().write(said(5s, "x.service"));
  writer().write(said(6s, "y.service"));
  flush();
  ASSERT_TRUE(until([&] { return counted("x.service") == 3; }));
  EXPECT_EQ(counted("y.service"), 1U);
  const auto meanwhile = observer_->kept();
  EXPECT_EQ(meanwhile.behind.at("y.service"), kept.cursor);
  follow({x, y});
  EXPECT_EQ(counted("y.service"), 3U);
  EXPECT_EQ(counted("x.service"), 3U);
  EXPECT_THAT(observer_->kept().behind, IsEmpty());
}

TEST_F(JournalMessageObserverTest, AnotherQuestionAboutAUnitCountsOn) {
  writer().write(said(1s, "x.service", "noise"));
  flush();
  follow({x});
  JournalMessagesKey other = x;
  other.ignore = {"noise"};
  follow({x, other});  // until the next sweep both are asked
  EXPECT_THAT(facts_[other]->latest, IsEmpty());
  EXPECT_EQ(counted("x.service"), 1U);
  writer().write(said(2s, "x.service", "noise"));
  writer().write(said(3s, "x.service", "other"));
  flush();
  ASSERT_TRUE(until([&] { return facts_[x]->latest.size() == 3; }));
  EXPECT_EQ(counted("x.service"), 2U) << "the last question says what counts";
  follow({x});
  writer().write(said(4s, "x.service", "noise"));
  flush();
  ASSERT_TRUE(until([&] { return facts_[x]->latest.size() == 4; }));
  EXPECT_EQ(counted("x.service"), 3U);
}

TEST_F(JournalMessageObserverTest, CountsAcrossRotationAndVacuum) {
  for (int i = 1; i <= 20; ++i) {
    writer().write(said(std::chrono::seconds(i), "x.service"));
    if (i == 1) {
      follow({x});
    }
    if (i % 3 == 0) {
      rotate("system@" + std::to_string(i) + ".journal");
    }
    ASSERT_TRUE(until([&] { return counted("x.service") == static_cast<std::uint64_t>(i); })) << i;
    if (i % 6 == 0) {
      std::filesystem::remove(directory_.path() / ("system@" + std::to_string(i) + ".journal"));
    }
  }
}

TEST_F(JournalMessageObserverTest, SurvivesAFileThatIsTruncatedWhileItIsOpen) {
  writer().write(said(1s, "x.service", "first"));
  flush();
  follow({x});
  EXPECT_EQ(counted("x.service"), 1U);
  std::filesystem::resize_file(directory_.path() / "system.journal", 4096);
  writer("second.journal").write(said(2s, "x.service", "second"));
  ASSERT_TRUE(until([&] { return counted("x.service") == 2; }));
  std::filesystem::resize_file(directory_.path() / "system.journal", 0);
  writer("second.journal").write(said(3s, "x.service", "third"));
  ASSERT_TRUE(until([&] { return counted("x.service") == 3; }));
  EXPECT_TRUE(facts_[x]);
}

TEST_F(JournalMessageObserverTest, AFileThatComesLateIsNotPassedOver) {
  writer().write(said(1s, "x.service"));
  follow({x});
  for (int i = 2; i <= 20; i += 2) {  // both go on, the second file with later entries
    writer("user-1000.journal").write(said(std::chrono::seconds(i), "x.service"));
    writer().write(said(std::chrono::seconds(i + 1), "x.service"));
    flush();
  }
  EXPECT_TRUE(until([&] { return counted("x.service") == 21; })) << counted("x.service");
}

TEST_F(JournalMessageObserverTest, AWallClockThatIsSetBackLosesNothing) {
  auto before = said(1s, "x.service");
  writer().write(before);
  follow({x});
  rotate("system@1.journal");  // as journald does then
  auto after = said(2s, "x.service");
  after["__REALTIME_TIMESTAMP"] = std::to_string((boot_wall - 3600) * 1'000'000);
  writer().write(after);
  flush();
  ASSERT_TRUE(until([&] { return counted("x.service") == 2; }));
  const auto kept = observer_->kept();
  after["__MONOTONIC_TIMESTAMP"] = "3000000";
  writer().write(after);
  flush();
  start();
  observer_->restore(kept);
  follow({x});
  EXPECT_EQ(counted("x.service"), 3U);
}

TEST_F(JournalMessageObserverTest, TellsOfFailuresCoredumpsAndSuppression) {
  writer().write(entry(1s, {{"_PID", "1"},
                            {"UNIT", "x.service"},
                            {"PRIORITY", "4"},
                            {"MESSAGE_ID", std::string(parse::message::failure_result)},
                            {"MESSAGE", "x.service: Failed with result 'signal'."}}));
  writer().write(entry(2s, {{"_UID", "0"},
                            {"COREDUMP_UNIT", "x.service"},
                            {"PRIORITY", "2"},
                            {"MESSAGE_ID", std::string(parse::message::coredump)},
                            {"MESSAGE", "Process 7 (x) of user 0 dumped core."}}));
  writer().write(entry(3s, {{"_TRANSPORT", "driver"},
                            {"PRIORITY", "6"},
                            {"MESSAGE_ID", std::string(parse::message::suppressed)},
                            {"MESSAGE", "Suppressed 9 messages from x.service"}}));
  flush();
  follow({x});
  ASSERT_THAT(facts_[x]->latest, SizeIs(2));
  EXPECT_EQ(facts_[x]->latest[0].cause, MessageCause::failure);
  EXPECT_EQ(facts_[x]->latest[1].priority, Priority::crit);
  EXPECT_EQ(facts_[x]->suppressed, TimePoint{3s});
}

TEST_F(JournalMessageObserverTest, KnowsAUnitByItsCanonicalName) {
  JournalMessagesKey alias = key("sshd.service");
  alias.id = "ssh.service";
  writer().write(said(1s, "ssh.service"));
  flush();
  follow({alias});
  EXPECT_THAT(facts_[alias]->latest, SizeIs(1));
  EXPECT_EQ(counted("sshd.service"), 1U);
}

TEST_F(JournalMessageObserverTest, ManyMessagesBlockTheLoopForMillisecondsOnly) {
  constexpr int many = 20'000;
  for (int i = 1; i <= many; ++i) {
    writer().write(said(std::chrono::milliseconds(i), "x.service"));
  }
  flush();
  JournalMessagesKey few = x;
  few.keep = 3;
  follow({few});
  EXPECT_EQ(counted("x.service"), static_cast<std::uint64_t>(many));
  EXPECT_THAT(facts_[few]->latest, SizeIs(3));
  EXPECT_LT(loop_.take_longest_turn(), 50ms);  // 2 ms, on a machine that does nothing else
}

TEST_F(JournalMessageObserverTest, SaysSoWhenThereIsNoJournalAndGoesOnWhenThereIs) {
  writer().write(said(1s, "x.service"));
  flush();
  follow({x});
  const auto elsewhere = directory_.path().string() + ".away";
  std::filesystem::rename(directory_.path(), elsewhere);
  observer_->look_again();
  ASSERT_TRUE(until([&] { return !facts_[x]; }));
  EXPECT_EQ(facts_[x].unseen().reason, "unsupported");
  std::filesystem::rename(elsewhere, directory_.path());
  writer().write(said(2s, "x.service"));
  flush();
  observer_->look_again();
  ASSERT_TRUE(until([&] { return facts_[x] && facts_[x]->latest.size() == 2; }));
  EXPECT_EQ(counted("x.service"), 2U);
}
}  // namespace
}  // namespace checklist::observe
