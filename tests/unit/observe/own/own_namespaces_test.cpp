// SPDX-License-Identifier: MIT
#include "observe/own/own_namespaces.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
constexpr const char* all_users = "         0          0 4294967295\n";
constexpr const char* own_user =
    "         0          0          1\n       998        998          1\n";

class OwnNamespaces : public ::testing::Test {
 protected:
  void write(const std::string& path, const std::string& text) {
    const auto full = proc_.path() / path;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }

  testing::TemporaryDirectory proc_;
};

TEST_F(OwnNamespaces, AreThoseOfPid1WhileTestsRun) {
  EXPECT_FALSE(hidden_users());
  EXPECT_FALSE(hidden_network());
}

TEST_F(OwnNamespaces, HideUsersIfAnyMapDiffersFromTheOneOfPid1) {
  for (const char* process : {"self", "1"}) {
    write(std::string(process) + "/uid_map", all_users);
    write(std::string(process) + "/gid_map", all_users);
  }
  EXPECT_FALSE(hidden_users(proc_.path()));
  write("self/gid_map", own_user);
  ASSERT_TRUE(hidden_users(proc_.path()));
  EXPECT_EQ(hidden_users(proc_.path())->reason, "own_sandbox");
  EXPECT_EQ(hidden_users(proc_.path())->remedy, "set PrivateUsers=no in checklistd.service");
}

TEST_F(OwnNamespaces, HideTheNetworkIfPid1HasOtherFilesOfIt) {
  write("1/net/unix", "");
  std::filesystem::create_directories(proc_.path() / "self/net");
  std::filesystem::create_hard_link(proc_.path() / "1/net/unix", proc_.path() / "self/net/unix");
  EXPECT_FALSE(hidden_network(proc_.path()));
  std::filesystem::remove(proc_.path() / "self/net/unix");
  write("self/net/unix", "");
  ASSERT_TRUE(hidden_network(proc_.path()));
  EXPECT_EQ(hidden_network(proc_.path())->reason, "own_sandbox");
  EXPECT_EQ(hidden_network(proc_.path())->remedy, "set PrivateNetwork=no in checklistd.service");
}

TEST_F(OwnNamespaces, AreNotJudgedIfPid1IsHidden) {
  write("self/uid_map", own_user);
  write("self/gid_map", own_user);
  write("self/net/unix", "");
  EXPECT_FALSE(hidden_users(proc_.path()));
  EXPECT_FALSE(hidden_network(proc_.path()));
}
}  // namespace
}  // namespace checklist::observe
