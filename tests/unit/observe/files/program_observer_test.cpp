// SPDX-License-Identifier: MIT
#include "observe/files/program_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ProgramObserverTest : public ::testing::Test {
 protected:
  Observed<Program> read(const std::string& content) {
    std::ofstream(root_.path() / "program") << content;
    return read_program(root_.path(), "/program", libraries_);
  }

  testing::TemporaryDirectory root_;
  LibrarySearch libraries_{root_.path()};
};

TEST_F(ProgramObserverTest, ReadsTheFirstLineOfAScript) {
  const auto script = read("#!/usr/bin/python3\nprint()\n");
  ASSERT_TRUE(script);
  EXPECT_EQ(script->format, Program::Format::script);
  EXPECT_EQ(script->interpreter, "/usr/bin/python3");
}

TEST_F(ProgramObserverTest, OfThisProgramFindsEverything) {
  LibrarySearch libraries;
  const auto us = read_program("", std::filesystem::read_symlink("/proc/self/exe"), libraries);
  ASSERT_TRUE(us);
  EXPECT_EQ(us->format, Program::Format::elf);
  EXPECT_THAT(us->interpreter, HasSubstr("/ld-linux"));
  EXPECT_THAT(us->missing_libraries, IsEmpty());
}

TEST_F(ProgramObserverTest, NoticesThatAProgramIsTruncated) {
  const auto truncated = read(
      "\x7F"
      "ELF\2");
  ASSERT_TRUE(truncated);
  EXPECT_EQ(*truncated, (Program{.format = Program::Format::truncated, .interpreter = {}}));
}

TEST_F(ProgramObserverTest, OfAnotherFormatIsKnownOnlyIfNoneIsRegistered) {
  EXPECT_EQ(read("echo\n").unseen().reason, "unsupported");
  std::filesystem::create_directories(root_.path() / "proc/self");
  std::ofstream(root_.path() / "proc/self/mountinfo") << "1 1 0:1 / / rw - ext4 /dev/sda rw\n";
  EXPECT_EQ(read("")->format, Program::Format::other);
  std::ofstream(root_.path() / "proc/self/mountinfo")
      << "1 1 0:1 / /proc/sys/fs/binfmt_misc rw - binfmt_misc x rw\n";
  EXPECT_EQ(read("echo\n").unseen().reason, "unsupported");
}

TEST_F(ProgramObserverTest, TellsWhyItReadsNothing) {
  EXPECT_EQ(read_program(root_.path(), "/none", libraries_).unseen().reason, "gone");
  EXPECT_EQ(read_program("", "/dev/null", libraries_).unseen().reason, "unsupported");
}

TEST_F(ProgramObserverTest, NoticesAChange) {
  event::Loop loop;
  Observed<Program> fact;
  RootFacts root_facts(
      loop, [] {}, (root_.path() / "facts.json").string(), (root_.path() / "look").string());
  ProgramObserver observer(
      loop, [&](const ProgramKey&, Observed<Program> now) { fact = std::move(now); }, root_facts,
      root_.path());
  (void)read("#!/bin/sh\n");
  observer.follow({ProgramKey{"/program"}});
  ASSERT_TRUE(loop.run_until([&] { return fact && fact->interpreter == "/bin/sh"; }, 5s));
  (void)read("#!/bin/ksh\n");
  observer.look_again();
  EXPECT_TRUE(loop.run_until([&] { return fact && fact->interpreter == "/bin/ksh"; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
