// SPDX-License-Identifier: MIT
#include "observe/SOURCE/NAME_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
TEST(AddedObserver, ReadsTheSysctl) {
  const testing::TemporaryDirectory root;
  std::filesystem::create_directories(root.path() / "proc/sys/net/core");
  std::ofstream(root.path() / "proc/sys/net/core/somaxconn") << "4096\n";
  Observed<std::uint64_t> fact;
  BacklogLimitObserver observer(
      [&fact](const BacklogLimitKey&, Observed<std::uint64_t> seen) { fact = std::move(seen); },
      root.path());
  observer.follow({BacklogLimitKey{}});
  ASSERT_TRUE(fact);
  EXPECT_EQ(*fact, 4096U);
}
}  // namespace
}  // namespace checklist::observe
