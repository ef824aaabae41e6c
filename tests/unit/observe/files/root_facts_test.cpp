// SPDX-License-Identifier: MIT
#include "observe/files/root_facts.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "observe/files/file_observer.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

const Unseen denied{"permission", "access denied", ""};

class WrittenFactsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "a file of root's needs root";
    }
  }

  void write(TimePoint made) {
    FileStatus key;
    key.type = "regular";
    key.mode = 0600;
    parse::FileFacts facts;
    facts.made = made;
    facts.files.emplace("/key", key);
    facts.globs.emplace("/k*", std::vector<std::string>{"/key"});
    std::ofstream(path_ + ".new") << parse::print_file_facts(facts);
    fs::permissions(path_ + ".new", fs::perms(0640));
    fs::rename(path_ + ".new", path_);
  }

  std::string reason(const std::string& path = "/key") {
    const auto seen = root_facts_.file(path, denied);
    return seen ? seen->type : seen.unseen().reason;
  }

  std::string remedy(const std::string& path = "/key") {
    return root_facts_.file(path, denied).unseen().remedy;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path().string() + "/facts.json";
  event::Loop loop_;
  int changes_ = 0;
  RootFacts root_facts_{loop_, [this] { ++changes_; }, path_};
};

TEST_F(WrittenFactsTest, SayHowToGetThemWhereThereAreNone) {
  EXPECT_EQ(reason(), "permission");
  EXPECT_NE(remedy().find("checklistd-files.path"), std::string::npos);
}

TEST_F(WrittenFactsTest, AreBelievedWhenTheyAreRootsAlone) {
  write(loop_.now());
  EXPECT_EQ(reason(), "regular");
  EXPECT_EQ(*root_facts_.glob("/k*", denied), std::vector<std::string>{"/key"});
  EXPECT_EQ(reason("/other"), "permission");
  EXPECT_NE(remedy("/other").find("checklistd-files.service"), std::string::npos);
}

TEST_F(WrittenFactsTest, AreNotBelievedWhenOthersCanWriteThem) {
  write(loop_.now());
  fs::permissions(path_, fs::perms(0660));
  EXPECT_EQ(reason(), "permission");
}

TEST_F(WrittenFactsTest, AreNotBelievedWhenTheyAreAnothers) {
  write(loop_.now());
  ASSERT_EQ(::chown(path_.c_str(), 65534, 0), 0);
  EXPECT_EQ(reason(), "permission");
}

TEST_F(WrittenFactsTest, AreNotBelievedBehindALink) {
  write(loop_.now());
  fs::rename(path_, path_ + ".real");
  fs::create_symlink(path_ + ".real", path_);
  EXPECT_EQ(reason(), "permission");
}

TEST_F(WrittenFactsTest, AreStaleWhenNobodyLookedForAWhile) {
  write(loop_.now() - 3min + 200ms);
  EXPECT_EQ(reason(), "regular");
  ASSERT_TRUE(loop_.run_until([this] { return changes_ > 0; }, 5s));
  EXPECT_EQ(reason(), "stale");
}

TEST_F(WrittenFactsTest, TellWhenTheyAreWrittenAnew) {
  EXPECT_EQ(reason(), "permission");
  write(loop_.now());
  ASSERT_TRUE(loop_.run_until([this] { return changes_ > 0; }, 5s));
  EXPECT_EQ(reason(), "regular");
}
}  // namespace
}  // namespace checklist::observe
