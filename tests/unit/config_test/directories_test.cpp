// SPDX-License-Identifier: MIT
#include "config_test/directories.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::config_test {
namespace {
namespace fs = std::filesystem;

fs::perms mode(const fs::path& path) {
  return fs::status(path).permissions();
}

TEST(Directories, OfLogsAreMadeAgainWithoutTheLogs) {
  const testing::TemporaryDirectory from;
  const testing::TemporaryDirectory to;
  fs::create_directories(from.path() / "nginx/old");
  fs::create_symlink("/etc", from.path() / "link");
  std::ofstream(from.path() / "nginx/error.log") << "text";
  mirror_directories(from.path(), to.path());
  EXPECT_EQ(mode(to.path() / "nginx/old"), fs::perms::all);
  EXPECT_FALSE(fs::exists(to.path() / "nginx/error.log"));
  EXPECT_FALSE(fs::exists(to.path() / "link"));
  mirror_directories(from.path() / "none", to.path());
}

TEST(Directories, OfTheRuntimeAreRootsForItsServicesOnly) {
  const testing::TemporaryDirectory run;
  make_runtime_directories(run.path(), {"sshd"}, {.reads_all = true});
  make_runtime_directories(run.path(), {"a/b"}, {.uid = 1, .gid = 1});
  EXPECT_EQ(mode(run.path() / "sshd"), fs::perms(0755));
  EXPECT_EQ(mode(run.path() / "a/b"), fs::perms::all);
}
}  // namespace
}  // namespace checklist::config_test
