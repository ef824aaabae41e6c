// SPDX-License-Identifier: MIT
#include "parse/programs/elf.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string this_program() {
  std::ifstream file("/proc/self/exe", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ReadAt reader_of(const std::string& bytes) {
  return [&bytes](std::uint64_t offset, std::size_t size) {
    return offset < bytes.size() ? bytes.substr(offset, size) : std::string();
  };
}

TEST(Elf, OfThisProgramNamesItsInterpreterAndLibraries) {
  const std::string bytes = this_program();
  const auto found = elf(reader_of(bytes));
  ASSERT_TRUE(found);
  EXPECT_THAT(found->interpreter, HasSubstr("/ld-linux"));
  EXPECT_THAT(found->needed, Contains(StartsWith("libc.so")));
  EXPECT_FALSE(found->no_default);
}

TEST(Elf, ReadsLittleOfAFile) {
  const std::string bytes = this_program();
  std::size_t most = 0;
  std::size_t count = 0;
  (void)elf([&](std::uint64_t offset, std::size_t size) {
    most = std::max(most, size);
    ++count;
    return reader_of(bytes)(offset, size);
  });
  EXPECT_LE(most, 65536U);
  EXPECT_LT(count, 64U);
}

TEST(Elf, OfATruncatedFileIsNothing) {
  const std::string whole = this_program();
  for (const std::size_t size : {0U, 4U, 63U, 64U, 100U, 300U}) {
    const std::string bytes = whole.substr(0, size);
    EXPECT_FALSE(elf(reader_of(bytes))) << size;
  }
}

TEST(Elf, OfAnotherClassOrMachineIsNothing) {
  for (const auto& [at, value] : {std::pair(4U, '\1'), {5U, '\7'}, {18U, '\x07'}}) {
    std::string bytes = this_program();
    bytes[at] = value;
    EXPECT_FALSE(elf(reader_of(bytes))) << at;
    EXPECT_TRUE(is_elf(bytes));
  }
}

TEST(Elf, SurvivesAnyByte) {
  const std::string whole = this_program().substr(0, 8192);
  for (std::size_t at = 0; at < 1024; ++at) {
    for (const char value : {'\xFF', '\0', '\x7F'}) {
      std::string bytes = whole;
      bytes[at] = value;
      (void)elf(reader_of(bytes));
    }
  }
}

TEST(Elf, IsNotAScript) {
  EXPECT_FALSE(is_elf("#!/bin/sh\n"));
  EXPECT_FALSE(is_elf(""));
}

TEST(Elf, HasAKind) {
  const std::string whole = this_program();
  EXPECT_EQ(elf_kind(reader_of(whole)), ElfKind::own);
  for (const std::size_t size : {10U, 100U, 4096U}) {
    const std::string bytes = whole.substr(0, size);
    EXPECT_EQ(elf_kind(reader_of(bytes)), ElfKind::truncated) << size;
  }
  std::string other = whole;
  other[18] = '\x07';
  EXPECT_EQ(elf_kind(reader_of(other)), ElfKind::foreign);
}
}  // namespace
}  // namespace checklist::parse
