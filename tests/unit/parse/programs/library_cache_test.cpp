// SPDX-License-Identifier: MIT
#include "parse/programs/library_cache.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

#if defined(__aarch64__)
constexpr std::uint32_t ours = 0x0A03;
#else
constexpr std::uint32_t ours = 0x0303;
#endif

std::string number(std::uint32_t value) {
  const auto bytes = std::bit_cast<std::array<char, 4>>(value);
  return {bytes.begin(), bytes.end()};
}

// A file with one entry of each kind of flags, all of the same name.
std::string a_cache(std::uint32_t flags) {
  constexpr std::uint32_t strings = 48 + 24;
  std::string out = "glibc-ld.so.cache1.1" + number(1) + number(30);
  out.resize(48);
  out += number(flags) + number(strings) + number(strings + 8) + number(0) + number(0) + number(0);
  return out + std::string("libx.so\0/lib/libx.so\0", 21);
}

TEST(LibraryCache, HasThePathsOfEachName) {
  const auto cache = library_cache(a_cache(ours));
  ASSERT_TRUE(cache);
  EXPECT_THAT(cache->at("libx.so"), ElementsAre("/lib/libx.so"));
}

TEST(LibraryCache, MayFollowTheTableOfAnOlderLinker) {
  EXPECT_TRUE(library_cache("ld.so-1.7.0\0\0\0\0" + a_cache(ours)));
}

TEST(LibraryCache, LeavesOutOtherArchitectures) {
  EXPECT_TRUE(library_cache(a_cache(0x0103))->empty());
}

TEST(LibraryCache, OfATruncatedFileIsNothing) {
  const std::string whole = a_cache(ours);
  EXPECT_FALSE(library_cache(""));
  EXPECT_FALSE(library_cache(whole.substr(0, 40)));
  EXPECT_FALSE(library_cache("ELF"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    (void)library_cache(whole.substr(0, size));
  }
}

TEST(LibraryCache, OfNamesWithoutEndIsNothing) {
  constexpr std::uint32_t count = 10'000;
  constexpr std::uint32_t strings = 48 + count * 24;
  std::string bytes = "glibc-ld.so.cache1.1" + number(count) + number(0);
  bytes.resize(48);
  for (std::uint32_t i = 0; i < count; ++i) {  // each is the rest of the file: 20 GB in all
    bytes += number(ours) + number(strings) + number(strings) + number(0) + number(0) + number(0);
  }
  EXPECT_FALSE(library_cache(bytes + std::string(1'000'000, 'x')));
}

TEST(LibraryCache, OfThisMachineKnowsTheCLibrary) {
  const std::string bytes = [] {
    std::ifstream file("/etc/ld.so.cache", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  if (bytes.empty()) {
    GTEST_SKIP() << "no /etc/ld.so.cache";
  }
  EXPECT_THAT(library_cache(bytes)->at("libc.so.6").front(), HasSubstr("/libc.so.6"));
}
}  // namespace
}  // namespace checklist::parse
