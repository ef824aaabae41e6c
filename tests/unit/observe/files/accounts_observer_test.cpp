// SPDX-License-Identifier: MIT
#include "observe/files/accounts_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class AccountsObserverTest : public ::testing::Test {
 protected:
  AccountsObserverTest() {
    fs::create_directory(root_.path() / "etc");
    write("passwd", "root:x:0:0::/root:/bin/sh\n");
    write("group", "root:x:0:\n");
  }

  // As useradd(8) does: written beside, then renamed.
  void write(const std::string& file, const std::string& text) {
    const fs::path path = root_.path() / "etc" / file;
    std::ofstream(path.string() + "+") << text;
    fs::rename(path.string() + "+", path);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  Observed<Accounts> fact_;
  AccountsObserver observer_{
      loop_, [this](const AccountsKey&, Observed<Accounts> fact) { fact_ = std::move(fact); },
      root_.path()};
};

TEST_F(AccountsObserverTest, ReadsNothingBeforeSomebodyAsks) {
  observer_.look_again();
  EXPECT_TRUE(fact_.pending());
}

TEST_F(AccountsObserverTest, HearsOfUsersAndGroupsThatComeAndGo) {
  observer_.follow({{}});
  ASSERT_TRUE(fact_);
  EXPECT_EQ(fact_->users.at("root").shell, "/bin/sh");
  write("passwd", "x:x:1:1::/:\n");
  ASSERT_TRUE(loop_.run_until([this] { return fact_ && fact_->users.contains("x"); }, 5s));
  EXPECT_FALSE(fact_->users.contains("root"));
  write("group", "video:x:44:x\n");
  EXPECT_TRUE(loop_.run_until([this] { return fact_ && fact_->groups.contains("video"); }, 5s));
}

TEST_F(AccountsObserverTest, KnowsWhetherOthersMayHaveMore) {
  observer_.follow({{}});
  ASSERT_TRUE(fact_);
  EXPECT_TRUE(fact_->is_complete);
  write("nsswitch.conf", "passwd: files systemd\ngroup: files sss\n");
  EXPECT_TRUE(loop_.run_until([this] { return !fact_->is_complete; }, 5s));
  write("nsswitch.conf", "passwd: files systemd\ngroup: files [SUCCESS=merge] systemd\n");
  EXPECT_TRUE(loop_.run_until([this] { return fact_->is_complete; }, 5s));
  fs::create_directory(root_.path() / "etc/userdb");
  observer_.look_again();
  EXPECT_TRUE(fact_->is_complete);
  write("userdb/x.user", "{}");
  observer_.look_again();
  EXPECT_FALSE(fact_->is_complete);
}

TEST_F(AccountsObserverTest, IsUnseenWithoutTheFiles) {
  fs::remove(root_.path() / "etc/group");
  observer_.follow({{}});
  ASSERT_FALSE(fact_);
  EXPECT_NE(fact_.unseen().why.find("/etc/group"), std::string::npos);
}
}  // namespace
}  // namespace checklist::observe
