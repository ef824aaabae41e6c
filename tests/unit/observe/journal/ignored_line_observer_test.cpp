// SPDX-License-Identifier: MIT
#include "observe/journal/ignored_line_observer.hpp"

#include "parse/ignored_line.hpp"
#include "support/journal.hpp"
#include "support/temporary_directory.hpp"
#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using namespace checklist::testing;
using Fields = std::map<std::string, std::string>;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string boot(32, 'b');
constexpr std::int64_t boot_wall = 1'700'000'000;  // of this boot's start, in s
const IgnoredLinesKey x{"x.service"};
const std::string file = "/etc/systemd/system/x.service";

class IgnoredLineObserverTest : public SystemdFixture {
 protected:
  void SetUp() override {
    if (::access(journal_remote, X_OK) != 0) {
      GTEST_SKIP() << "needs systemd-journal-remote";
    }
  }

  // The manager ignored that line at that time.
  void ignored(Duration at, int line, Fields more = {}) {
    const std::string number = std::to_string(line);
    more.insert({{"__REALTIME_TIMESTAMP", std::to_string(boot_wall * 1'000'000 + at.count())},
                 {"__MONOTONIC_TIMESTAMP", std::to_string(at.count())},
                 {"_BOOT_ID", boot},
                 {"_PID", "1"},
                 {"PRIORITY", "4"},
                 {"MESSAGE_ID", std::string(parse::message::invalid_configuration)},
                 {"MESSAGE", file + ":" + number + ": Unknown section 'X'. Ignoring."},
                 {"CONFIG_FILE", file},
                 {"CONFIG_LINE", number},
                 {"UNIT", "x.service"}});
    JournalWriter writer(directory_.path() / ("system@" + std::to_string(files_++) + ".journal"));
    writer.write(more);
  }

  // Answers the manager's queries; it began to load its units at that time.
  void load(Duration at) {
    manager_.reply("LogLevel", {str(level_)});
    manager_.reply("UnitsLoadTimestampMonotonic", {num(static_cast<std::uint64_t>(at.count()))});
    manager_.reply("UnitsLoadStartTimestampMonotonic", {num(1)});
  }

  void begin(Duration at) {
    observer_.follow({x});
    manager_.connect();
    load(at);
  }

  bool has(std::size_t count) {
    return run_until([&] { return fact_ && fact_->size() == count; });
  }

  TemporaryDirectory directory_;
  int files_ = 0;
  std::string level_ = "info";
  Observed<std::vector<IgnoredLine>> fact_;
  IgnoredLineObserver observer_{
      loop_, systemd_,
      [this](const IgnoredLinesKey& /*key*/, Observed<std::vector<IgnoredLine>> fact) {
        fact_ = std::move(fact);
      },
      directory_.path(),
      semantics::Boot{
          .id = boot, .began = TimePoint{}, .epoch = WallTime{std::chrono::seconds(boot_wall)}}};
};

TEST_F(IgnoredLineObserverTest, FindsWhatWasLoggedSinceTheLastLoad) {
  ignored(1s, 3);
  ignored(5s, 4);
  ignored(5s, 5, {{"_PID", "77"}});
  begin(4s);
  ASSERT_TRUE(has(1));
  EXPECT_EQ(fact_->at(0).line, 4U);
  EXPECT_EQ(fact_->at(0).file, file);
}

TEST_F(IgnoredLineObserverTest, IsEmptyWhereNothingWasLogged) {
  ignored(1s, 3, {{"UNIT", "y.service"}});
  begin({});
  EXPECT_TRUE(has(0));
}

TEST_F(IgnoredLineObserverTest, ADaemonReloadBeginsAnew) {
  ignored(5s, 4);
  begin(4s);
  ASSERT_TRUE(has(1));
  manager_.emit("Reloading", {Value{true}});
  manager_.emit("Reloading", {Value{false}});
  load(6s);
  EXPECT_TRUE(has(0));
}

TEST_F(IgnoredLineObserverTest, KnowsWhenAnEntryWasSent) {
  ignored(5s, 4, {{"_SOURCE_REALTIME_TIMESTAMP", std::to_string((boot_wall + 3) * 1'000'000)}});
  begin(4s);
  EXPECT_TRUE(has(0)) << "journald received it after the reload";
}

TEST_F(IgnoredLineObserverTest, FindsWhatPid1WroteToTheKernelLogAtBoot) {
  ignored(5s, 4,
          {{"_PID", ""},
           {"_TRANSPORT", "kernel"},
           {"SYSLOG_IDENTIFIER", "systemd"},
           {"SYSLOG_PID", "1"}});
  begin({});
  EXPECT_TRUE(has(1));
}

TEST_F(IgnoredLineObserverTest, IsUnseenIfTheManagerLogsNoWarnings) {
  level_ = "err";
  begin(4s);
  ASSERT_TRUE(run_until([this] { return !fact_.pending(); }));
  EXPECT_EQ(fact_.unseen().reason, "unsupported");
}
}  // namespace
}  // namespace checklist::observe
