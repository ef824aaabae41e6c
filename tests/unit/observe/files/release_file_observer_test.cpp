// SPDX-License-Identifier: MIT
#include "observe/files/release_file_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/xattr.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(ReleaseFileObserver, FollowsTheFieldsOfAFile) {
  const checklist::testing::TemporaryDirectory root;
  const std::string file = root.path().string() + "/extension-release.x";
  event::Loop loop;
  Observed<ReleaseFile> fact;
  ReleaseFileObserver observer(
      loop, [&fact](const ReleaseFileKey& /*key*/, auto seen) { fact = std::move(seen); },
      root.path().string());
  observer.follow({{"/extension-release.x"}});
  EXPECT_EQ(*fact, ReleaseFile{});
  std::ofstream(file) << "ID=debian\n";
  ASSERT_TRUE(loop.run_until([&fact] { return fact && !fact->fields.empty(); }, 5s));
  EXPECT_EQ(*fact, (ReleaseFile{.exists = true, .fields = {{"ID", "debian"}}}));
  if (::setxattr(file.c_str(), "user.extension-release.strict", "0", 1, 0) == 0) {
    EXPECT_TRUE(loop.run_until([&fact] { return fact && fact->is_for_any_name; }, 5s));
  }
  std::filesystem::remove(file);
  EXPECT_TRUE(loop.run_until([&fact] { return fact && !fact->exists; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
