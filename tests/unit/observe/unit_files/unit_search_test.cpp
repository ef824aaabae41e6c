// SPDX-License-Identifier: MIT
#include "observe/unit_files/unit_search.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/open_files.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
namespace fs = std::filesystem;

class UnitSearchTest : public ::testing::Test {
 protected:
  UnitSearchTest() {
    for (const char* directory : {"/etc/u", "/run/u", "/lib/u"}) {
      fs::create_directories(at(directory));
    }
    search_.search_path({"/etc/u", "/run/u", "/lib/u"});
  }

  std::string at(const std::string& path) { return root_.path().string() + path; }

  void write(const std::string& path, const std::string& text = "[Service]\n") {
    fs::create_directories(fs::path(at(path)).parent_path());
    std::ofstream(at(path)) << text;
  }

  auto drop_ins(const std::vector<std::string>& names) {
    search_.look_again();
    return search_.drop_ins(names);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  int changes_ = 0;
  UnitSearch search_{loop_, root_.path().string(), [this] { ++changes_; }};
};

TEST_F(UnitSearchTest, TheFirstDropInOfANameCounts) {
  write("/lib/u/x.service.d/a.conf");
  write("/lib/u/x.service.d/b.conf");
  write("/etc/u/x.service.d/b.conf");
  write("/lib/u/y.service.d/c.conf");
  EXPECT_THAT(drop_ins({"x.service"}), ElementsAre(Pair("a.conf", "/lib/u/x.service.d/a.conf"),
                                                   Pair("b.conf", "/etc/u/x.service.d/b.conf")));
}

TEST_F(UnitSearchTest, KeepsWhatItFoundWhileDescriptorsAreUsedUp) {
  write("/lib/u/x.service.d/a.conf");
  (void)drop_ins({"x.service"});
  {
    const testing::OpenFiles none(testing::lowest_free_descriptor());
    EXPECT_THAT(drop_ins({"x.service"}), ElementsAre(Pair("a.conf", "/lib/u/x.service.d/a.conf")));
    UnitSearch fresh(loop_, root_.path().string(), [] {});
    fresh.search_path({"/lib/u"});
    EXPECT_FALSE(fresh.is_known());
  }
  write("/lib/u/x.service.d/b.conf");
  changes_ = 0;
  ASSERT_TRUE(loop_.run_until([this] { return changes_ > 0; }, std::chrono::seconds(10)));
  EXPECT_EQ(search_.drop_ins({"x.service"}).size(), 2U) << "it is read again";
}

TEST_F(UnitSearchTest, AnEmptyFileAndALinkToNowhereMaskWhatLiesBelow) {
  write("/lib/u/x.service.d/a.conf");
  write("/lib/u/x.service.d/b.conf");
  write("/run/u/x.service.d/a.conf", "");
  fs::create_directories(at("/etc/u/x.service.d"));
  fs::create_symlink("/dev/null", at("/etc/u/x.service.d/b.conf"));
  EXPECT_THAT(drop_ins({"x.service"}), ElementsAre(Pair("a.conf", ""), Pair("b.conf", "")));
}

TEST_F(UnitSearchTest, WhatIsMoreSpecificComesFirstAndTheTypeLast) {
  write("/etc/u/service.d/a.conf");
  write("/etc/u/p-.service.d/b.conf");
  write("/lib/u/p-x@.service.d/a.conf");
  write("/lib/u/p-x@1.service.d/b.conf");
  EXPECT_THAT(drop_ins({"p-x@1.service"}),
              ElementsAre(Pair("a.conf", "/lib/u/p-x@.service.d/a.conf"),
                          Pair("b.conf", "/etc/u/p-.service.d/b.conf")));
}

TEST_F(UnitSearchTest, DropInsOfAnAliasAreTheUnits) {
  write("/etc/u/old.service.d/a.conf");
  EXPECT_THAT(drop_ins({"x.service", "old.service"}),
              ElementsAre(Pair("a.conf", "/etc/u/old.service.d/a.conf")));
  EXPECT_THAT(drop_ins({"x.service"}), IsEmpty());
}

TEST_F(UnitSearchTest, OnlyFilesNamedConfCount) {
  write("/etc/u/x.service.d/a.conf~");
  write("/etc/u/x.service.d/.b.conf");
  write("/etc/u/x.service.d/README");
  EXPECT_THAT(drop_ins({"x.service"}), IsEmpty());
}

TEST_F(UnitSearchTest, FindsAFragmentThatComesBeforeTheLoadedOne) {
  write("/lib/u/x.service");
  EXPECT_EQ(search_.fragment_before("x.service", "/lib/u/x.service"), "");
  write("/etc/u/x.service");
  EXPECT_EQ(search_.fragment_before("x.service", "/lib/u/x.service"), "/etc/u/x.service");
  EXPECT_EQ(search_.fragment_before("x.service", "/etc/u/x.service"), "");
  EXPECT_EQ(search_.fragment_before("x.service", "/run/systemd/transient/x.service"), "");
}

TEST_F(UnitSearchTest, HearsOfADropInInADirectoryThatWasNotThere) {
  write("/etc/u/x.service.d/a.conf");
  ASSERT_TRUE(
      loop_.run_until([this] { return search_.drop_ins({"x.service"}).contains("a.conf"); }, 5s));
  EXPECT_GT(changes_, 0);
  write("/etc/u/x.service.d/b.conf");
  EXPECT_TRUE(
      loop_.run_until([this] { return search_.drop_ins({"x.service"}).contains("b.conf"); }, 5s));
}

TEST_F(UnitSearchTest, TheSameSearchPathAgainIsNothingNew) {
  EXPECT_FALSE(search_.search_path({"/etc/u", "/run/u", "/lib/u"}));
  EXPECT_TRUE(search_.search_path({"/etc/u"}));
}
}  // namespace
}  // namespace checklist::observe
