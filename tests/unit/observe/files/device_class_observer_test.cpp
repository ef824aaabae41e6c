// SPDX-License-Identifier: MIT
#include "observe/files/device_class_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(DeviceClassObserver, ReadsAgainWhenANodeAppears) {
  const testing::TemporaryDirectory root;
  const std::string file = root.path() / "devices";
  std::ofstream(file) << "Character devices:\n  1 mem\n";
  std::filesystem::create_directory(root.path() / "dev");
  event::Loop loop;
  Observed<std::vector<DeviceClass>> fact;
  DeviceClassObserver observer(
      loop, [&fact](const auto&, auto seen) { fact = std::move(seen); }, file, root.path() / "dev");
  observer.follow({DeviceClassesKey{}});
  ASSERT_TRUE(fact);
  EXPECT_EQ(fact->size(), 1U);
  std::ofstream(file) << "Character devices:\n  1 mem\n195 nvidia\n";
  std::ofstream(root.path() / "dev/nvidia0") << "";
  EXPECT_TRUE(loop.run_until([&fact] { return fact->size() == 2; }, 5s));
  EXPECT_FALSE(fact->at(0).absent);
  EXPECT_TRUE(fact->at(1).absent);
}

TEST(DeviceClassObserver, IsUnseenWithoutTheFile) {
  event::Loop loop;
  Observed<std::vector<DeviceClass>> fact;
  DeviceClassObserver observer(
      loop, [&fact](const auto&, auto seen) { fact = std::move(seen); }, "/nonexistent/devices",
      "/nonexistent");
  observer.follow({DeviceClassesKey{}});
  EXPECT_EQ(fact.unseen().reason, "own_sandbox");
}
}  // namespace
}  // namespace checklist::observe
