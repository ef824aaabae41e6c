// SPDX-License-Identifier: MIT
#include "observe/unit_files/loaded_definition.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::SizeIs;
namespace fs = std::filesystem;

constexpr auto fragment = "/etc/u/x.service";
const WallTime today = std::chrono::floor<Duration>(std::chrono::system_clock::now());

// A host that is up for a day by now. Its files are as new as this test: an hour old.
class LoadedDefinitionTest : public ::testing::Test {
 protected:
  LoadedDefinitionTest() {
    write(fragment, "[Service]\nExecStart=/bin/a\n");
    search_.search_path({"/etc/u", "/run/u", "/lib/u"});
  }

  std::string at(const std::string& path) { return root_ + path; }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(at(path)).parent_path());
    std::ofstream(at(path)) << text;
    search_.look_again();
  }

  [[nodiscard]] LoadContext context(Duration loaded_at) const {
    return {.root = root_,
            .search = search_,
            .loaded_at = static_cast<std::uint64_t>(loaded_at.count()),
            .now = TimePoint{24h},
            .wall = today + 1h,
            .boot_began = TimePoint{}};
  }

  void take(Duration loaded_at, const store::KeptDefinition* kept = nullptr,
            bool same_boot = true) {
    loaded_.take(paths_, {.kept = kept, .same_boot = same_boot}, context(loaded_at));
  }

  bool differs() { return loaded_.on_disk(paths_, context(1h)) != loaded_.files(); }

  testing::TemporaryDirectory directory_;
  std::string root_ = directory_.path().string();
  event::Loop loop_;
  UnitSearch search_{loop_, root_, [] {}};
  UnitPaths paths_{.id = "x.service", .names = {"x.service"}, .fragment = fragment, .drop_ins = {}};
  LoadedDefinition loaded_;
};

TEST_F(LoadedDefinitionTest, AnotherProgramIsInForceSinceTheReload) {
  take(1h);
  EXPECT_FALSE(differs());
  write(fragment, "[Service]\nExecStart=/bin/b\n# and more\n");
  EXPECT_TRUE(differs());
  take(1h);  // no reload
  EXPECT_TRUE(differs());
  take(2h);
  EXPECT_FALSE(differs());
  EXPECT_EQ(loaded_.changed(), TimePoint{2h});
}

TEST_F(LoadedDefinitionTest, AReloadOfTheSameChangesNothing) {
  take(1h);
  const auto changed = loaded_.changed();
  take(2h);
  EXPECT_EQ(loaded_.changed(), changed);
  write(fragment, "# mended\n[Service]\nExecStart=/bin/a\n");
  take(3h);
  EXPECT_EQ(loaded_.changed(), changed);
}

TEST_F(LoadedDefinitionTest, WhatIsTakenBackIsAsOldAsItWas) {
  paths_.run_began = static_cast<std::uint64_t>(Duration{23h + 30min}.count());
  take(1h);
  const auto first = loaded_.changed();
  write(fragment, "[Service]\nExecStart=/bin/b\n");
  take(23h + 40min);
  write(fragment, "[Service]\nExecStart=/bin/a\n");
  take(23h + 50min);
  EXPECT_EQ(loaded_.changed(), first);  // the run is its own
  write(fragment, "[Service]\nExecStart=/bin/b\n");
  take(23h + 52min);
  paths_.run_began = static_cast<std::uint64_t>(Duration{23h + 53min}.count());
  write(fragment, "[Service]\nExecStart=/bin/a\n");
  take(23h + 55min);
  EXPECT_EQ(loaded_.changed(), TimePoint{23h + 55min});  // the run is the other's
}

TEST_F(LoadedDefinitionTest, ADropInThatIsGoneBeforeItWasLookedAtWasInForce) {
  paths_.run_began = static_cast<std::uint64_t>(Duration{23h + 45min}.count());
  take(1h);
  paths_.drop_ins = {"/etc/systemd/system/x.service.d/gone.conf"};
  take(23h + 40min);
  paths_.drop_ins.clear();
  take(23h + 50min);
  EXPECT_EQ(loaded_.changed(), TimePoint{23h + 50min});
}

TEST_F(LoadedDefinitionTest, WhatWasLoadedAloneIsWhatLiesThere) {
  take(1h);
  write(fragment, "[Service]\nExecStart=/bin/b\n# and more\n");
  loaded_.loaded_alone();
  take(1h);
  EXPECT_FALSE(differs());
  EXPECT_GT(*loaded_.changed(), TimePoint{22h});  // when it was written
  EXPECT_LT(*loaded_.changed(), TimePoint{24h});
}

TEST_F(LoadedDefinitionTest, ADropInAndAFragmentThatAreNewDiffer) {
  take(1h);
  write("/lib/u/x.service.d/a.conf", "[Service]\nNice=1\n");
  EXPECT_THAT(loaded_.on_disk(paths_, context(1h)), SizeIs(2));
  fs::remove_all(at("/lib/u/x.service.d"));
  search_.look_again();
  EXPECT_FALSE(differs());
  paths_.fragment = "/lib/u/x.service";
  write(paths_.fragment, "[Service]\n");
  fs::remove(at(fragment));
  take(2h);
  EXPECT_FALSE(differs());
  write(fragment, "[Service]\n");
  EXPECT_EQ(loaded_.on_disk(paths_, context(2h)).front().path, fragment);
}

TEST_F(LoadedDefinitionTest, AMaskOfALoadedDropInDiffers) {
  paths_.drop_ins = {"/lib/u/x.service.d/a.conf"};
  write(paths_.drop_ins[0], "[Service]\nNice=1\n");
  take(1h);
  EXPECT_FALSE(differs());
  write("/etc/u/x.service.d/a.conf", "");
  EXPECT_TRUE(differs());
}

TEST_F(LoadedDefinitionTest, WhatSetPropertyWroteIsInForceAtOnce) {
  take(1h);
  const auto changed = loaded_.changed();
  paths_.drop_ins = {"/etc/u/x.service.d/50-CPUWeight.conf"};
  write(paths_.drop_ins[0], "[Service]\nCPUWeight=50\n");
  take(1h);
  EXPECT_FALSE(differs());
  take(2h);
  EXPECT_EQ(loaded_.changed(), changed);
}

TEST_F(LoadedDefinitionTest, WithoutARecordWhatIsOlderThanTheRunIsItsOwn) {
  paths_.run_began = static_cast<std::uint64_t>(Duration{23h + 30min}.count());
  take(1h);
  ASSERT_TRUE(loaded_.changed());
  EXPECT_LT(*loaded_.changed(), TimePoint{23h + 30min});
}

TEST_F(LoadedDefinitionTest, WithoutARecordNobodyKnowsWhatAnOlderRunWasStartedBy) {
  paths_.run_began = static_cast<std::uint64_t>(Duration{2h}.count());
  take(1h);
  EXPECT_EQ(loaded_.changed(), std::nullopt);
}

TEST_F(LoadedDefinitionTest, ALinkThatIsNewerThanTheLoadWasNotLoaded) {
  fs::rename(at(fragment), at("/file"));
  fs::create_symlink(at("/file"), at(fragment));
  take(1h);
  EXPECT_TRUE(differs());
  LoadedDefinition later;
  later.take(paths_, {}, context(24h));
  EXPECT_EQ(later.on_disk(paths_, context(24h)), later.files());
}

class RestartedTest : public LoadedDefinitionTest {
 protected:
  RestartedTest() {
    take(1h);
    take(2h);
    kept_ = loaded_.kept();
    kept_.changed = 90min;
    loaded_ = {};
  }

  store::KeptDefinition kept_;
};

TEST_F(RestartedTest, KnowsSinceWhenTheSameIsInForce) {
  take(3h, &kept_);
  EXPECT_EQ(loaded_.changed(), TimePoint{90min});
  EXPECT_FALSE(differs());
}

TEST_F(RestartedTest, SeesWhatWasReloadedMeanwhile) {
  write(fragment, "[Service]\nExecStart=/bin/b\n# and more\n");
  take(24h, &kept_);
  EXPECT_FALSE(differs());
  EXPECT_GT(*loaded_.changed(), TimePoint{22h});
}

TEST_F(RestartedTest, SeesWhatWasEditedAndNotReloaded) {
  write(fragment, "[Service]\nExecStart=/bin/b\n# and more\n");
  take(2h, &kept_);
  EXPECT_TRUE(differs());
  EXPECT_EQ(loaded_.changed(), TimePoint{90min});
  take(3h, &kept_);
  EXPECT_FALSE(differs());
  EXPECT_EQ(loaded_.changed(), TimePoint{3h});
}

TEST_F(RestartedTest, TheSameAsInAnEarlierBootIsOlderThanThisOne) {
  take(3h, &kept_, false);
  EXPECT_LT(*loaded_.changed(), TimePoint{});
}
}  // namespace
}  // namespace checklist::observe
