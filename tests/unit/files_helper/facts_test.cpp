// SPDX-License-Identifier: MIT
#include "files_helper/facts.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;

class FactsTest : public ::testing::Test {
 protected:
  FactsTest() { std::ofstream(at("key")) << "planted-secret"; }

  [[nodiscard]] std::string at(const std::string& name) const { return root_.path() / name; }

  testing::TemporaryDirectory root_;
};

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(FactsTest, AreOfEachPathAndOfWhatEachGlobFinds) {
  const auto facts = look({at("*"), at("none")});
  ASSERT_TRUE(facts.globs.at(at("*")));
  EXPECT_EQ(*facts.globs.at(at("*")), std::vector<std::string>{at("key")});
  EXPECT_EQ(facts.files.at(at("key"))->size, 14U);
  EXPECT_EQ(facts.files.at(at("none"))->type, "missing");
}

TEST_F(FactsTest, FollowNoLinkThatSomebodyPutOnTheWay) {
  fs::create_directory_symlink("/root", at("link"));
  const auto facts = look({at("link/.ssh")});
  ASSERT_FALSE(facts.files.at(at("link/.ssh")));
  EXPECT_EQ(facts.files.at(at("link/.ssh")).unseen().reason, "link");
}

TEST_F(FactsTest, AreWrittenWholeAndReadBack) {
  const auto facts = look({at("key")});
  write(at("facts.json"), parse::print_file_facts(facts));
  write(at("facts.json"), parse::print_file_facts(facts));
  EXPECT_EQ(parse::file_facts(text_of(at("facts.json"))), facts);
  EXPECT_EQ(fs::status(at("facts.json")).permissions() & fs::perms(0137), fs::perms(0));
  EXPECT_EQ(text_of(at("facts.json")).find("planted-secret"), std::string::npos);
  EXPECT_FALSE(fs::exists(at("facts.json.new")));
}

TEST_F(FactsTest, AreWrittenThroughNoLink) {
  std::ofstream(at("victim")) << "unharmed";
  fs::create_symlink(at("victim"), at("facts.json.new"));
  write(at("facts.json"), {});
  EXPECT_EQ(text_of(at("victim")), "unharmed");
}

TEST_F(FactsTest, ThatCannotBeWrittenAreAnError) {
  EXPECT_THROW(write(at("none/facts.json"), {}), std::system_error);
}
}  // namespace
}  // namespace checklist::files
