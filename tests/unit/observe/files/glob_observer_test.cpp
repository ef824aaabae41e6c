// SPDX-License-Identifier: MIT
#include "observe/files/glob_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class GlobObserverTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  bool finds(const std::vector<std::string>& expected) {
    return loop_.run_until([&] { return fact_ && *fact_ == expected; }, 5s);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  Observed<std::vector<std::string>> fact_;
  RootFacts root_facts_{loop_, [] {}, at("/none/facts.json")};
  GlobObserver observer_{
      loop_,
      [this](const GlobKey&, Observed<std::vector<std::string>> fact) { fact_ = std::move(fact); },
      root_facts_, root_.path()};
};

TEST_F(GlobObserverTest, HearsOfFilesThatComeAndGo) {
  observer_.follow({{"/keys/*.key"}});
  ASSERT_TRUE(finds({}));
  fs::create_directory(at("/keys"));
  std::ofstream(at("/keys/a.key"));
  ASSERT_TRUE(finds({"/keys/a.key"}));
  fs::rename(at("/keys/a.key"), at("/keys/b.key"));
  ASSERT_TRUE(finds({"/keys/b.key"}));
  fs::remove_all(at("/keys"));
  EXPECT_TRUE(finds({}));
}

TEST_F(GlobObserverTest, HearsOfWhatComesInADirectoryThatCameLater) {
  observer_.follow({{"/*/key"}});
  ASSERT_TRUE(finds({}));
  fs::create_directory(at("/a"));
  ASSERT_TRUE(loop_.run_until([this] { return fs::exists(at("/a")); }, 5s));
  std::ofstream(at("/a/key"));
  ASSERT_TRUE(finds({"/a/key"}));
  fs::create_directory(at("/b"));
  std::ofstream(at("/b/key"));
  EXPECT_TRUE(finds({"/a/key", "/b/key"}));
}

TEST_F(GlobObserverTest, HearsOfADirectoryReplacedByAnother) {
  fs::create_directories(at("/keys"));
  observer_.follow({{"/keys/*"}});
  ASSERT_TRUE(finds({}));
  fs::create_directories(at("/new"));
  std::ofstream(at("/new/a"));
  fs::remove(at("/keys"));
  fs::rename(at("/new"), at("/keys"));
  EXPECT_TRUE(finds({"/keys/a"}));
}
}  // namespace
}  // namespace checklist::observe
