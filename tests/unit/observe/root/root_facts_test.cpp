// SPDX-License-Identifier: MIT
#include "observe/root/root_facts.hpp"

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

  static parse::FileFacts facts_of(TimePoint made) {
    FileStatus key;
    key.type = "regular";
    key.mode = 0600;
    parse::FileFacts facts;
    facts.made = made;
    facts.files.emplace("/key", key);
    facts.globs.emplace("/k*", std::vector<std::string>{"/key"});
    return facts;
  }

  void write(TimePoint made) { write(facts_of(made)); }

  void write(const parse::FileFacts& facts) {
    std::ofstream(path_ + ".new") << parse::print_file_facts(facts);
    fs::permissions(path_ + ".new", fs::perms(0640));
    fs::rename(path_ + ".new", path_);
  }

  bool is_read_again() {
    return loop_.run_until([this, before = changes_] { return changes_ > before; }, 5s);
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
  std::string request_ = directory_.path().string() + "/look";
  event::Loop loop_;
  int changes_ = 0;
  RootFacts root_facts_{loop_, [this] { ++changes_; }, path_, request_};
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

TEST_F(WrittenFactsTest, CountAChangeThatLasts) {
  const TimePoint start = loop_.now();
  write(start);
  EXPECT_EQ(reason(), "regular");
  auto emptied = facts_of(start + 100ms);
  emptied.files.clear();
  emptied.globs.at("/k*") = std::vector<std::string>{};
  write(emptied);
  ASSERT_TRUE(is_read_again());
  EXPECT_EQ(reason(), "regular");
  EXPECT_EQ(root_facts_.glob("/k*", denied)->size(), 1U);
  EXPECT_TRUE(root_facts_.serves("/k*"));
  EXPECT_FALSE(root_facts_.is_since("/k*", start + 50ms));
  emptied.made = start + 1200ms;
  write(emptied);
  ASSERT_TRUE(is_read_again());
  EXPECT_EQ(reason(), "permission");
  EXPECT_TRUE(root_facts_.glob("/k*", denied)->empty());
  EXPECT_TRUE(root_facts_.is_since("/k*", start + 50ms));
}

TEST_F(WrittenFactsTest, AskForALookAfterAChange) {
  const TimePoint start = loop_.now();
  write(start);
  EXPECT_EQ(reason(), "regular");
  auto changed = facts_of(start + 1ms);
  changed.files.at("/key") = FileStatus{.type = "missing", .target = {}};
  write(changed);
  EXPECT_TRUE(loop_.run_until([this] { return fs::exists(request_); }, 5s));
}

TEST_F(WrittenFactsTest, CountAFileThatIsWrittenAgainAtOnce) {
  const TimePoint start = loop_.now();
  write(start);
  EXPECT_EQ(reason(), "regular");
  auto grown = facts_of(start + 1ms);
  FileStatus key = *grown.files.at("/key");
  key.inode = 7;
  key.modified = WallTime{1h};
  grown.files.at("/key") = key;
  write(grown);
  ASSERT_TRUE(is_read_again());
  EXPECT_EQ(root_facts_.file("/key", denied)->inode, 7U);
}

TEST_F(WrittenFactsTest, AreOfTheCgroupThatIsThere) {
  auto facts = facts_of(loop_.now());
  facts.cgroups.emplace("/x.service",
                        parse::CgroupFacts{.id = 5, .held = HeldFiles{.replaced = {"/usr/a"}}});
  write(facts);
  EXPECT_EQ(root_facts_.held("/x.service", 5, denied)->replaced.size(), 1U);
  EXPECT_TRUE(root_facts_.held("/x.service", 6, denied).pending());
  ASSERT_TRUE(loop_.run_until([this] { return fs::exists(request_); }, 5s));
  facts.made = loop_.now() + 1ms;
  write(facts);
  ASSERT_TRUE(is_read_again());
  EXPECT_EQ(root_facts_.held("/x.service", 6, denied).unseen().reason, "permission");
}

TEST_F(WrittenFactsTest, AreOfWhatAStartNeeds) {
  auto facts = facts_of(loop_.now());
  Node node;
  node.type = NodeType::regular;
  facts.nodes.emplace("/root/x", node);
  facts.programs.emplace("/root/x", Program{.format = Program::Format::elf, .interpreter = {}});
  write(facts);
  EXPECT_EQ(root_facts_.node("/root/x", denied)->type, NodeType::regular);
  EXPECT_EQ(root_facts_.program("/root/x", denied)->format, Program::Format::elf);
  EXPECT_TRUE(root_facts_.node("/root/new", denied).pending()) << "until root has looked";
  ASSERT_TRUE(loop_.run_until([this] { return fs::exists(request_); }, 5s));
  facts.made = loop_.now() + 1ms;
  write(facts);
  ASSERT_TRUE(is_read_again());
  EXPECT_EQ(root_facts_.node("/root/new", denied).unseen(), denied);
}
}  // namespace
}  // namespace checklist::observe
