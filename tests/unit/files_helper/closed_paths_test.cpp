// SPDX-License-Identifier: MIT
#include "files_helper/closed_paths.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;

class ClosedPathsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "what is root's needs root";
    }
    fs::permissions(root_.path(), fs::perms(0755));
    fs::create_directory(at("closed"));
    write("closed/x", "#!/bin/sh\n");
    fs::permissions(at("closed"), fs::perms(0700));
  }

  [[nodiscard]] std::string at(const std::string& name) const { return root_.path() / name; }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(at(name)) << text;
    fs::permissions(at(name), fs::perms(0755));
  }

  void give_away(const std::string& name) {
    ASSERT_EQ(::lchown(at(name).c_str(), 65534, 65534), 0);
  }

  parse::FileFacts facts(const NeededPaths& needed) {
    parse::FileFacts out;
    look_at_closed(needed, out);
    return out;
  }

  parse::FileFacts program(const std::string& name) {
    return facts({.programs = {at(name)}, .paths = {}, .files = {}});
  }

  parse::FileFacts path(const std::string& name) {
    return facts({.programs = {}, .paths = {at(name)}, .files = {}});
  }

  testing::TemporaryDirectory root_;
};

TEST_F(ClosedPathsTest, AreNotThoseThatEverybodySees) {
  write("open", "#!/bin/sh\n");
  EXPECT_EQ(program("open"), parse::FileFacts{});
  EXPECT_EQ(path("none"), parse::FileFacts{});
}

TEST_F(ClosedPathsTest, AreBelowAClosedDirectory) {
  EXPECT_EQ(path("closed/x").nodes.at(at("closed/x"))->permissions.mode, 0755U);
  EXPECT_EQ(path("closed/none").nodes.at(at("closed/none"))->type, NodeType::missing);
  EXPECT_EQ(program("closed/x").programs.at(at("closed/x"))->interpreter, "/bin/sh");
}

TEST_F(ClosedPathsTest, AreProgramsThatOnlyRootReads) {
  write("script", "#!/bin/sh\n");
  fs::permissions(at("script"), fs::perms(0700));
  const auto out = program("script");
  EXPECT_EQ(out.programs.at(at("script"))->interpreter, "/bin/sh");
  EXPECT_TRUE(out.nodes.empty());
}

TEST_F(ClosedPathsTest, AreInterpretersOfRootsScripts) {
  write("script", "#!" + at("closed/gone") + "\n");
  EXPECT_EQ(program("script").nodes.at(at("closed/gone"))->type, NodeType::missing);
  give_away("script");
  EXPECT_TRUE(program("script").nodes.empty()) << "another user names it";
}

TEST_F(ClosedPathsTest, AreBehindLinksOfRootAlone) {
  fs::create_symlink(at("closed/x"), at("link"));
  EXPECT_EQ(program("link").programs.count(at("closed/x")), 1U);
  give_away("link");
  EXPECT_EQ(program("link"), parse::FileFacts{});
}

TEST_F(ClosedPathsTest, AreNotBehindLinksInADirectoryOfAnother) {
  fs::create_directory(at("home"));
  fs::create_symlink(at("closed"), at("home/link"));
  give_away("home");
  EXPECT_EQ(path("home/link/x"), parse::FileFacts{});
}
}  // namespace
}  // namespace checklist::files
