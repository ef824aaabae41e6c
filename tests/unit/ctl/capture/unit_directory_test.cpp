// SPDX-License-Identifier: MIT
#include "ctl/capture/unit_directory.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::ctl {
namespace {
namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class UnitDirectoryTest : public ::testing::Test {
 protected:
  void file(const std::string& name, const std::string& text = "[Service]\nExecStart=/bin/x\n") {
    fs::create_directories((directory_.path() / name).parent_path());
    std::ofstream(directory_.path() / name) << text;
  }

  void link(const std::string& name, const std::string& target) {
    fs::create_directories((directory_.path() / name).parent_path());
    fs::create_symlink(target, directory_.path() / name);
  }

  capture::UnitsOnDisk units() { return read_units(directory_.path()); }

  testing::TemporaryDirectory directory_;
};

TEST_F(UnitDirectoryTest, HoldsUnitsAliasesAndLinks) {
  file("a.service");
  link("b.service", "a.service");
  link("multi-user.target.wants/a.service", "../a.service");
  link("masked.service", "/dev/null");
  file("x.target");
  const auto all = units();
  EXPECT_THAT(all, UnorderedElementsAre(Key("a.service"), Key("masked.service")));
  EXPECT_THAT(all.at("a.service").aliases, ElementsAre("b.service"));
  EXPECT_THAT(all.at("a.service").linked, ElementsAre("multi-user.target"));
  EXPECT_TRUE(all.at("masked.service").masked);
}

TEST_F(UnitDirectoryTest, ReadsDropInsByName) {
  file("a.service");
  file("a.service.d/20.conf", "[Service]\nUser=b\n");
  file("a.service.d/10.conf", "[Service]\nUser=a\n");
  file("a.service.d/readme", "[Service]\nUser=c\n");
  const auto all = units();
  ASSERT_THAT(all.at("a.service").files, SizeIs(3));
  EXPECT_EQ(all.at("a.service").files[1].directives.at(0).value, "a");
  EXPECT_EQ(all.at("a.service").files[2].directives.at(0).value, "b");
}

TEST_F(UnitDirectoryTest, DropInsOfItsPrefixAndTypeApplyAndItsOwnWin) {
  file("a-b.service");
  file("service.d/10.conf", "[Service]\nUser=type\n");
  file("service.d/20.conf", "[Service]\nGroup=type\n");
  file("a-.service.d/10.conf", "[Service]\nUser=prefix\n");
  const auto files = units().at("a-b.service").files;
  ASSERT_THAT(files, SizeIs(3));
  EXPECT_EQ(files[1].directives.at(0).value, "prefix");
  EXPECT_EQ(files[2].directives.at(0).value, "type");
}

TEST_F(UnitDirectoryTest, InstancesAreUnitsIfTheyAreLinked) {
  file("t@.service");
  EXPECT_THAT(units(), IsEmpty());
  link("multi-user.target.wants/t@one.service", "../t@.service");
  EXPECT_THAT(units(), ElementsAre(Key("t@one.service")));
}

TEST_F(UnitDirectoryTest, ALinkToAFileOfTheSameNameIsAUnit) {
  file("store/a.service");
  link("a.service", (directory_.path() / "store/a.service").string());
  EXPECT_THAT(units().at("a.service").files, SizeIs(1));
}

TEST_F(UnitDirectoryTest, AMissingDirectoryIsAnError) {
  EXPECT_THROW(read_units(directory_.path() / "none"), fs::filesystem_error);
}
}  // namespace
}  // namespace checklist::ctl
