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

  Program program(std::vector<std::string> needed,
                  std::vector<std::string> run_path = {"/opt/lib"}) {
    Program out{.format = Program::Format::elf, .interpreter = {}};
    search_.search(
        "/opt/bin/x",
        {.interpreter = linker, .needed = std::move(needed), .run_path = std::move(run_path)}, out);
    return out;
  }

  std::vector<std::string> missing(std::vector<std::string> needed,
                                   std::vector<std::string> run_path = {"/opt/lib"}) {
    return program(std::move(needed), std::move(run_path)).missing_libraries;
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
  Program of_musl;
  search_.search(
      "/x",
      {.interpreter = "/lib/ld-musl-x86_64.so.1", .needed = {"liba.so"}, .run_path = {"/opt"}},
      of_musl);
  EXPECT_EQ(of_musl, Program{});
}

TEST_F(LibrarySearchTest, NoticesThatALibraryIsGone) {
  add("/opt/lib/liba.so");
  EXPECT_THAT(missing({"liba.so"}), IsEmpty());
  std::filesystem::remove(root_.path() / "opt/lib/liba.so");
  EXPECT_THAT(missing({"liba.so"}), ElementsAre("liba.so"));
}

TEST_F(LibrarySearchTest, SaysWhatItCannotSee) {
  EXPECT_THAT(program({"liba.so"}, {"/opt/$LIB"}).unseen_libraries, ElementsAre("liba.so"));
  EXPECT_THAT(program({"./liba.so"}).unseen_libraries, ElementsAre("./liba.so"));
}

TEST_F(LibrarySearchTest, IgnoresTheDirectoryOfAProgramWithPrivilegesOfItsFile) {
  add("/opt/bin/x");
  add("/opt/lib/liba.so");
  EXPECT_THAT(program({"liba.so"}, {"$ORIGIN/../lib"}).missing_if_secure, ElementsAre("liba.so"));
  EXPECT_THAT(program({"liba.so"}, {"/opt/lib"}).missing_if_secure, IsEmpty());
  add("/usr/lib/libb.so");
  EXPECT_THAT(program({"libb.so"}, {"$ORIGIN/../../usr/lib"}).missing_if_secure, IsEmpty())
      << "a directory of the system";
}

TEST_F(LibrarySearchTest, TellsWhoMayReadALibrary) {
  const auto at = root_.path() / "opt/lib";
  add("/opt/lib/liba.so");
  const auto is_public = [this] { return program({"liba.so"}).libraries.at(0).is_public; };
  std::filesystem::permissions(at, std::filesystem::perms{0755});
  std::filesystem::permissions(at.parent_path(), std::filesystem::perms{0755});
  std::filesystem::permissions(at / "liba.so", std::filesystem::perms{0644});
  EXPECT_TRUE(is_public());
  std::filesystem::permissions(at / "liba.so", std::filesystem::perms{0600});
  EXPECT_FALSE(is_public());
  std::filesystem::permissions(at / "liba.so", std::filesystem::perms{0644});
  std::filesystem::permissions(at, std::filesystem::perms{0700});
  EXPECT_FALSE(is_public());
}

TEST_F(LibrarySearchTest, NamesThoseThatAreNoElfFiles) {
  add("/opt/lib/liba.so");
  EXPECT_THAT(program({"liba.so"}).broken_libraries, ElementsAre("/opt/lib/liba.so"));
}

TEST_F(LibrarySearchTest, LooksOnlyWhereItMay) {
  add("/opt/lib/liba.so");
  search_ = LibrarySearch(root_.path(),
                          [](const std::string& path) { return !path.starts_with("/opt/lib"); });
  const Program out = program({"liba.so"});
  EXPECT_THAT(out.libraries, IsEmpty());
  EXPECT_THAT(out.missing_libraries, IsEmpty());
  EXPECT_THAT(out.unseen_libraries, ElementsAre("liba.so"));
}
}  // namespace
}  // namespace checklist::observe
