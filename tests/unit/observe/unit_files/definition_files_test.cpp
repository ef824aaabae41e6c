// SPDX-License-Identifier: MIT
#include "observe/unit_files/definition_files.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class DefinitionFilesTest : public ::testing::Test {
 protected:
  std::string at(const std::string& path) { return root_.path().string() + path; }

  // As every file in a Nix store: of 1970.
  void write(const std::string& path, const std::string& text) {
    std::ofstream(at(path)) << text;
    const timespec of_1970[2]{{1, 0}, {1, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, at(path).c_str(), of_1970, 0), 0);
  }

  std::uint64_t digest(const std::vector<std::string>& paths) {
    return look_at_definition(root_.path(), paths).digest;
  }

  testing::TemporaryDirectory root_;
};

TEST_F(DefinitionFilesTest, ALinkMovedBetweenFilesOfEqualTimesLeadsElsewhere) {
  write("/a", "[Service]\nExecStart=/bin/a\n");
  write("/b", "[Service]\nExecStart=/bin/b\n");
  fs::create_symlink(at("/a"), at("/x.service"));
  const DefinitionFile before = definition_file(root_.path(), "/x.service");
  EXPECT_EQ(before.target, fs::canonical(at("/a")));
  EXPECT_EQ(before.modified, WallTime{1s});
  fs::remove(at("/x.service"));
  fs::create_symlink(at("/b"), at("/x.service"));
  const DefinitionFile after = definition_file(root_.path(), "/x.service");
  EXPECT_EQ(after.modified, before.modified);
  EXPECT_NE(after, before);
}

TEST_F(DefinitionFilesTest, AMissingFileLeadsNowhere) {
  EXPECT_EQ(definition_file(root_.path(), "/none").target, "");
  fs::create_symlink("/nowhere", at("/dangling"));
  EXPECT_EQ(definition_file(root_.path(), "/dangling").target, "");
}

TEST_F(DefinitionFilesTest, TimesOfLinksAreToldApartFromThoseOfFiles) {
  write("/a", "");
  const auto plain = look_at_definition(root_.path(), {"/a"});
  EXPECT_EQ(plain.links_changed, WallTime{});
  EXPECT_GT(plain.files_changed, WallTime{1s});  // its ctime is of today
  fs::create_symlink(at("/a"), at("/link"));
  EXPECT_GE(look_at_definition(root_.path(), {"/link"}).links_changed, plain.files_changed);
}

TEST_F(DefinitionFilesTest, TheDigestIsOfWhatAProcessIsStartedBy) {
  write("/x", "[Unit]\nAfter=y.service\n[Service]\nExecStart=/bin/a\n");
  const auto before = digest({"/x"});
  write("/x", "# mended\n[Service]\nExecStart=/bin/a\nRestart=always\n");
  EXPECT_EQ(digest({"/x"}), before);
  write("/x", "[Service]\nExecStart=/bin/b\n");
  EXPECT_NE(digest({"/x"}), before);
}

TEST_F(DefinitionFilesTest, AFileThatIsGoneSinceItWasLoadedSaidSomething) {
  write("/x", "[Service]\nExecStart=/bin/a\n");
  EXPECT_NE(digest({"/x", "/gone"}), digest({"/x"}));
}

TEST_F(DefinitionFilesTest, DropInsCountInTheirOrder) {
  write("/x", "[Service]\nExecStart=/bin/a\n");
  write("/1", "[Service]\nNice=1\n");
  write("/2", "[Service]\nNice=2\n");
  EXPECT_NE(digest({"/x", "/1"}), digest({"/x"}));
  EXPECT_NE(digest({"/x", "/1", "/2"}), digest({"/x", "/2", "/1"}));
}

TEST_F(DefinitionFilesTest, WhatTheManagerWroteItselfIsInForceAnyway) {
  fs::create_directories(at("/etc/systemd/system.control/x.service.d"));
  const std::string path = "/etc/systemd/system.control/x.service.d/50-CPUWeight.conf";
  write(path, "[Service]\nCPUWeight=50\n");
  const auto look = look_at_definition(root_.path(), {path});
  EXPECT_EQ(look.digest, digest({}));
  EXPECT_EQ(look.files.size(), 1U);
}

TEST_F(DefinitionFilesTest, OfAnEqualFragmentElsewhereIsTheSame) {
  fs::create_directories(at("/etc/systemd/system.control"));
  write("/etc/systemd/system.control/x.service", "[Service]\nExecStart=/usr/bin/x\n");
  write("/etc/x.service", "[Service]\nExecStart=/usr/bin/x\n");
  EXPECT_EQ(look_at_definition(root_.path(), {"/etc/systemd/system.control/x.service"}).digest,
            look_at_definition(root_.path(), {"/etc/x.service"}).digest);
}
}  // namespace
}  // namespace checklist::observe
