// SPDX-License-Identifier: MIT
#include "config_test/settings.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::config_test {
namespace {
namespace fs = std::filesystem;

class SettingsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "unit files of root's need root";
    }
  }

  void write(const std::string& file, const std::string& text) {
    fs::create_directories((root_.path() / file).parent_path());
    std::ofstream(root_.path() / file) << "[Service]\n" << text;
  }

  Settings read(const std::string& unit = "x.service") {
    return settings_of(unit, {root_.path() / "etc", root_.path() / "lib"});
  }

  testing::TemporaryDirectory root_;
};

TEST_F(SettingsTest, AreThoseOfTheFirstFragmentAndOfTheDropIns) {
  write("lib/x.service", "User=other\nRuntimeDirectory=lost\n");
  write("etc/x.service", "User=one\nGroup=g\nRuntimeDirectory=a b:c\n");
  EXPECT_EQ(read(), (Settings{.user = "one", .group = "g", .runtime_directories = {"a", "b"}}));
  write("lib/x.service.d/9.conf", "User=last\nRuntimeDirectory=\nRuntimeDirectory=%p\n");
  write("lib/service.d/1.conf", "DynamicUser=yes\n");
  EXPECT_EQ(
      read(),
      (Settings{.user = "last", .group = "g", .dynamic_user = true, .runtime_directories = {"x"}}));
}

TEST_F(SettingsTest, OfAnInstanceAreThoseOfItsTemplate) {
  write("lib/x@.service", "User=%i\n");
  EXPECT_EQ(read("x@one.service").user, "one");
}

TEST_F(SettingsTest, OfAnAliasAreThoseOfTheUnit) {
  write("lib/ssh.service", "RuntimeDirectory=sshd\n");
  fs::create_directories(root_.path() / "etc");
  fs::create_symlink(root_.path() / "lib/ssh.service", root_.path() / "etc/sshd.service");
  EXPECT_EQ(read("sshd.service").runtime_directories.front(), "sshd");
}

TEST_F(SettingsTest, AreNotTakenFromAFileThatOthersCanWrite) {
  write("lib/x.service", "User=one\n");
  write("lib/x.service.d/a.conf", "User=two\n");
  ASSERT_EQ(::chown((root_.path() / "lib/x.service.d/a.conf").c_str(), 65534, 0), 0);
  EXPECT_EQ(read().user, "one");
}

TEST_F(SettingsTest, LeaveOutDirectoriesOutsideOfRun) {
  write("lib/x.service", "RuntimeDirectory=../etc /abs a/../b ok\n");
  EXPECT_EQ(read().runtime_directories, std::vector<std::string>{"ok"});
}
}  // namespace
}  // namespace checklist::config_test
