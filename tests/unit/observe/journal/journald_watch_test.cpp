// SPDX-License-Identifier: MIT
#include "observe/journal/journald_watch.hpp"

#include <filesystem>
#include <optional>

#include <gtest/gtest.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(JournaldWatch, TellsWhenTheSocketIsGoneAndBack) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "socket";
  std::optional journald(testing::bind_path(SOCK_DGRAM, path));
  event::Loop loop;
  int turns = 0;
  JournaldWatch watch(loop, path, [&turns] { ++turns; });
  watch.begin();
  EXPECT_FALSE(watch.is_gone());
  journald.reset();  // the path stays, and refuses connections
  ASSERT_TRUE(loop.run_until([&] { return watch.is_gone(); }, 10s));
  std::filesystem::remove(path);
  journald.emplace(testing::bind_path(SOCK_DGRAM, path));
  ASSERT_TRUE(loop.run_until([&] { return !watch.is_gone(); }, 10s));
  EXPECT_EQ(turns, 2);
}

TEST(JournaldWatch, WatchesNothingWithoutAPath) {
  event::Loop loop;
  JournaldWatch watch(loop, "", [] { FAIL(); });
  watch.begin();
  EXPECT_FALSE(loop.run_until([&] { return watch.is_gone(); }, 10ms));
}
}  // namespace
}  // namespace checklist::observe
