// SPDX-License-Identifier: MIT
#include "observe/unit_files/unit_directory.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
namespace fs = std::filesystem;

class UnitDirectoryTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  std::vector<std::string> paths(const std::vector<std::string>& search_path) {
    std::vector<std::string> out;
    for (const auto& each : unit_directories(loop_, root_.path(), search_path, [](auto&) {})) {
      out.push_back(each->path());
    }
    return out;
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  int changes_ = 0;
};

TEST_F(UnitDirectoryTest, IsListedOncePerPlaceAndNotForTransientUnits) {
  fs::create_directories(at("/usr/lib/u"));
  fs::create_directory_symlink("usr/lib", at("/lib"));
  EXPECT_THAT(paths({"/etc/u", "/run/u/transient", "/usr/lib/u", "/lib/u", "/etc/u"}),
              ElementsAre("/etc/u", "/usr/lib/u"));
}

TEST_F(UnitDirectoryTest, ReturnsTheNamesThatMatterAndNoticesChangesBelowThem) {
  fs::create_directories(at("/u/x.service.d"));
  std::ofstream(at("/u/x.service")) << "x";
  UnitDirectory directory(loop_, root_.path(), "/u", [this](auto&) { ++changes_; });
  EXPECT_THAT(directory.look([](const std::string& name) { return name.ends_with(".d"); }),
              ElementsAre("x.service.d"));
  std::ofstream(at("/u/x.service.d/a.conf")) << "x";
  EXPECT_TRUE(loop_.run_until([this] { return changes_ > 0; }, 5s));
}

TEST_F(UnitDirectoryTest, NoticesThatItIsCreated) {
  UnitDirectory directory(loop_, root_.path(), "/u", [this](auto&) { ++changes_; });
  EXPECT_THAT(directory.look([](const std::string&) { return true; }), IsEmpty());
  fs::create_directory(at("/u"));
  EXPECT_TRUE(loop_.run_until([this] { return changes_ > 0; }, 5s));
}

TEST_F(UnitDirectoryTest, NamesOfADirectoryAreNoneWhereThereIsNone) {
  fs::create_directories(at("/u/a"));
  std::ofstream(at("/u/.b")) << "";
  EXPECT_THAT(names_in(at("/u")), UnorderedElementsAre("a", ".b"));
  EXPECT_THAT(names_in(at("/none")), IsEmpty());
}

TEST_F(UnitDirectoryTest, AMaskIsAnEmptyFileOrALinkToDevNull) {
  std::ofstream(at("/empty")) << "";
  std::ofstream(at("/full")) << "x";
  fs::create_symlink("/dev/null", at("/null"));
  fs::create_symlink("empty", at("/link"));
  fs::create_symlink("/nonexistent", at("/dangling"));
  EXPECT_TRUE(is_mask(at("/empty")));
  EXPECT_TRUE(is_mask(at("/null")));
  EXPECT_TRUE(is_mask(at("/link")));
  EXPECT_FALSE(is_mask(at("/full")));
  EXPECT_FALSE(is_mask(at("/dangling")));
  EXPECT_FALSE(is_mask(at("/none")));
  EXPECT_FALSE(is_mask(root_.path()));
}
}  // namespace
}  // namespace checklist::observe
