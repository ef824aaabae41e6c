// SPDX-License-Identifier: MIT
// The manager is faked; the files are real, in a temporary directory.
#include "observe/unit_files/definition_observer.hpp"

#include <filesystem>
#include <fstream>

#include "support/temporary_directory.hpp"
#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace checklist::testing;
namespace fs = std::filesystem;
constexpr auto x = "x.service";
constexpr auto fragment = "/etc/u/x.service";
constexpr auto drop_in = "/etc/u/x.service.d/a.conf";
constexpr auto source = "/etc/generated-from/x";

std::vector<std::string> paths_of(const std::vector<DefinitionFile>& files) {
  std::vector<std::string> out;
  std::ranges::transform(files, std::back_inserter(out), &DefinitionFile::path);
  return out;
}

// x.service, loaded from its fragment before the test began.
class DefinitionObserverTest : public SystemdFixture {
 protected:
  void SetUp() override {
    write(fragment, "[Service]\nExecStart=/bin/a\n");
    observer_.search_path({"/etc/u"});
    observer_.follow({{x}});
    manager_.connect();
    answer(std::chrono::microseconds(1));
    ASSERT_TRUE(fact_);
  }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(root_ + path).parent_path());
    std::ofstream(root_ + path) << text;
  }

  // Answers all queries; `loaded_at` is the time of the last daemon-reload.
  void answer(Duration loaded_at, const std::vector<std::string>& drop_ins = {}) {
    for (const char* load : {"UnitsLoadFinishTimestampMonotonic", "UnitsLoadTimestampMonotonic"}) {
      manager_.reply_all(load, {num(static_cast<std::uint64_t>(loaded_at.count()))});
    }
    manager_.reply_all("Id", {str(x)});
    manager_.reply_all("Names", {strs({x})});
    manager_.reply_all("FragmentPath", {str(fragment)});
    manager_.reply_all("DropInPaths", {strs(drop_ins)});
    manager_.reply_all("SourcePath", {str(source)});
    manager_.reply_all("NeedDaemonReload", {Value{reload_needed_}});
    manager_.reply_all("InactiveExitTimestampMonotonic", {num(0)});
  }

  // Returns the time of the reload, which loads these drop-ins.
  TimePoint reload(const std::vector<std::string>& drop_ins = {}) {
    manager_.emit("Reloading", {Value{true}});
    manager_.emit("Reloading", {Value{false}});
    const auto now = std::chrono::floor<Duration>(loop_.now());
    answer(now.time_since_epoch(), drop_ins);
    return now;
  }

  // Waits for the queries that follow a change of the files.
  void expect_queries() {
    EXPECT_TRUE(run_until([this] { return manager_.pending("Id") > 0; }));
  }

  bool reload_needed_ = false;
  TemporaryDirectory directory_;
  std::string root_ = directory_.path();
  Observed<Definition> fact_;
  DefinitionObserver observer_{
      loop_, systemd_,
      [this](const DefinitionKey& /*key*/, Observed<Definition> fact) { fact_ = std::move(fact); },
      root_};
};

TEST_F(DefinitionObserverTest, PutsTheFilesThatAUnitWasLoadedFrom) {
  EXPECT_THAT(paths_of(fact_->loaded), ElementsAre(fragment));
  EXPECT_EQ(fact_->on_disk, fact_->loaded);
  EXPECT_FALSE(fact_->reload_needed);
}

TEST_F(DefinitionObserverTest, PutsAnAddedDropInOnceTheDifferenceHasLasted) {
  write(drop_in, "[Service]\nExecStart=\nExecStart=/bin/b\n");
  expect_queries();
  answer({});
  EXPECT_EQ(fact_->on_disk, fact_->loaded) << "a daemon-reload may follow";
  expect_queries();
  answer({});
  EXPECT_THAT(paths_of(fact_->loaded), ElementsAre(fragment));
  EXPECT_THAT(paths_of(fact_->on_disk), ElementsAre(fragment, drop_in));
}

TEST_F(DefinitionObserverTest, HasOneQueryInFlightHoweverOftenFilesChange) {
  for (int i = 0; i < 20; ++i) {
    write(fragment, "[Service]\nExecStart=/bin/a" + std::to_string(i) + "\n");
    expect_queries();
    (void)loop_.run_until([] { return false; }, std::chrono::milliseconds(20));
    observer_.look_again();
    EXPECT_EQ(manager_.pending("Id"), 1U);
  }
  answer({});
  EXPECT_EQ(manager_.pending("Id"), 1U) << "of what changed meanwhile";
  answer({});
  write(fragment, "[Service]\nExecStart=/bin/a\n#\n");
  EXPECT_LE(manager_.pending("Id"), 1U);
}

TEST_F(DefinitionObserverTest, AsksWhetherAReloadIsNeededWhenTheSourceOfAGeneratedUnitChanges) {
  write(source, "x\n");
  expect_queries();
  answer({});
  fs::remove(root_ + source);
  expect_queries();
  reload_needed_ = true;
  answer({});
  EXPECT_FALSE(fact_->reload_needed) << "a daemon-reload may follow";
  expect_queries();
  answer({});
  EXPECT_TRUE(fact_->reload_needed);
}

TEST_F(DefinitionObserverTest, AsksAgainAfterALostConnection) {
  write(fragment, "[Service]\nExecStart=/bin/b\n");
  expect_queries();
  manager_.disconnect("connection reset");
  manager_.connect();
  EXPECT_EQ(manager_.pending("Id"), 1U);
}

TEST_F(DefinitionObserverTest, TakesTheFilesOnDiskAtADaemonReload) {
  write(drop_in, "[Service]\nExecStart=\nExecStart=/bin/b\n");
  const std::uint64_t changes = observer_.changes();
  const TimePoint at = reload({drop_in});
  EXPECT_THAT(paths_of(fact_->loaded), ElementsAre(fragment, drop_in));
  EXPECT_EQ(fact_->on_disk, fact_->loaded);
  EXPECT_EQ(fact_->changed, at);
  EXPECT_GT(observer_.changes(), changes) << "the record has changed";
}

TEST_F(DefinitionObserverTest, ADaemonReloadOfTheSameDefinitionChangesNoTime) {
  const auto changed = fact_->changed;
  (void)reload();
  EXPECT_EQ(fact_->changed, changed);
}

TEST_F(DefinitionObserverTest, QueriesAUnitThatWasLoadedAloneAtItsNextInvocation) {
  manager_.emit_changed(x, unit_interface, {{"InvocationID", invocation(1)}});
  EXPECT_THAT(manager_.calls, IsEmpty()) << "no load came before it";
  manager_.emit_load("UnitNew", x);
  EXPECT_THAT(manager_.calls, IsEmpty()) << "a query would load the unit";
  manager_.emit_changed(x, unit_interface, {{"InvocationID", invocation(2)}});
  EXPECT_EQ(manager_.pending("Id"), 1U);
}

TEST_F(DefinitionObserverTest, IsUnseenForAnInvalidNameAndOnceTheManagerIsLost) {
  observer_.follow({{x}, {"no unit"}});
  EXPECT_EQ(fact_.unseen().reason, "unsupported");
  fact_ = Observed<Definition>();
  manager_.disconnect("gone");
  EXPECT_TRUE(run_until([this] { return !fact_.pending(); }));
  EXPECT_EQ(fact_.unseen().reason, "stale");
}
}  // namespace
}  // namespace checklist::observe
