// SPDX-License-Identifier: MIT
#include "observe/files/library_search.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto linker = "/lib64/ld-linux-x86-64.so.2";

class LibrarySearchTest : public ::testing::Test {
 protected:
  void add(const std::string& path) {
    const auto at = root_.path().string() + path;
    std::filesystem::create_directories(std::filesystem::path(at).parent_path());
    std::ofstream(at) << "x";
  }

  std::vector<std::string> missing(std::vector<std::string> needed,
                                   std::vector<std::string> run_path = {"/opt/lib"}) {
    return search_.missing(
        "/opt/bin/x",
        {.interpreter = linker, .needed = std::move(needed), .run_path = std::move(run_path)});
  }

  testing::TemporaryDirectory root_;
  LibrarySearch search_{root_.path()};
};

TEST_F(LibrarySearchTest, LooksInTheRunPathAndTheDefaultDirectories) {
  add("/opt/lib/libown.so");
  add("/usr/lib/libsystem.so");
  EXPECT_THAT(missing({"libown.so", "libsystem.so"}), IsEmpty());
  EXPECT_THAT(missing({"libown.so", "libgone.so"}), ElementsAre("libgone.so"));
}

TEST_F(LibrarySearchTest, KnowsTheDirectoryOfTheProgram) {
  add("/opt/bin/x");
  add("/opt/lib/liba.so");
  EXPECT_THAT(missing({"liba.so"}, {"$ORIGIN/../lib"}), IsEmpty());
  EXPECT_THAT(missing({"liba.so"}, {"${ORIGIN}"}), ElementsAre("liba.so"));
}

TEST_F(LibrarySearchTest, FindsVariantsForNewerProcessors) {
  add("/opt/lib/glibc-hwcaps/x86-64-v3/liba.so");
  EXPECT_THAT(missing({"liba.so"}), IsEmpty());
}

TEST_F(LibrarySearchTest, MakesNoStatementThatItCannotProve) {
  EXPECT_THAT(missing({"liba.so"}, {"/opt/$LIB"}), IsEmpty());
  EXPECT_THAT(missing({"liba.so"}, {}), IsEmpty()) << "no cache";
  EXPECT_THAT(missing({"./liba.so", "ld-linux-x86-64.so.2"}), IsEmpty());
  EXPECT_THAT(search_.missing("/x", {.interpreter = "/lib/ld-musl-x86_64.so.1",
                                     .needed = {"liba.so"},
                                     .run_path = {"/opt"}}),
              IsEmpty());
}

TEST_F(LibrarySearchTest, NoticesThatALibraryIsGone) {
  add("/opt/lib/liba.so");
  EXPECT_THAT(missing({"liba.so"}), IsEmpty());
  std::filesystem::remove(root_.path() / "opt/lib/liba.so");
  EXPECT_THAT(missing({"liba.so"}), ElementsAre("liba.so"));
}
}  // namespace
}  // namespace checklist::observe
