// SPDX-License-Identifier: MIT
#include "observe/files/linger_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(LingerObserver, FollowsLogindsFileForTheUser) {
  const testing::TemporaryDirectory root;
  const std::filesystem::path directory = root.path() / "var/lib/systemd/linger";
  std::filesystem::create_directories(directory);
  std::ofstream(directory / "other") << "";
  event::Loop loop;
  std::map<std::string, bool> lingers;
  LingerObserver observer(
      loop, [&](const LingerKey& key, const Observed<bool>& fact) { lingers[key.user] = *fact; },
      root.path());
  observer.follow({{"dev"}, {"other"}});
  EXPECT_FALSE(lingers.at("dev"));
  EXPECT_TRUE(lingers.at("other"));
  std::ofstream(directory / "dev") << "";
  ASSERT_TRUE(loop.run_until([&] { return lingers["dev"]; }, 5s));
  std::filesystem::remove_all(directory);
  EXPECT_TRUE(loop.run_until([&] { return !lingers["dev"] && !lingers["other"]; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
