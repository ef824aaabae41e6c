// SPDX-License-Identifier: MIT
#include "observe/path_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "checklist/facts/files.hpp"

#include "observe/files/symlink_chain.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

FileStatus status(const std::string& root, const FileKey& key) {
  std::error_code missing;
  FileStatus out;
  out.type = fs::exists(root + key.path, missing) ? "regular" : "missing";
  return out;
}

class PathObserverTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  bool becomes(const FileKey& key, const std::string& type) {
    return loop_.run_until([&] { return types_[key] == type; }, 5s);
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  std::map<FileKey, std::string> types_;
  int looks_ = 0;
  PathObserver<FileKey, SymlinkChainWatch> observer_{
      loop_,
      [this](const FileKey& key, const Observed<FileStatus>& fact) {
        types_[key] = fact->type;
        ++looks_;
      },
      root_.path(), status,
      [](const FileKey& key) { return key.path == "/unwatched" ? std::string() : key.path; }};
};

TEST_F(PathObserverTest, LooksAtANewKeyAtOnceAndOnlyOnce) {
  observer_.follow({{"/x"}});
  EXPECT_EQ(types_.at({"/x"}), "missing");
  observer_.follow({{"/x"}, {"/y"}});
  EXPECT_EQ(looks_, 2);
}

TEST_F(PathObserverTest, LooksAgainWhenThePathChanges) {
  observer_.follow({{"/below/x"}});
  fs::create_directory(at("/below"));
  std::ofstream(at("/below/x")) << "x";
  ASSERT_TRUE(becomes({"/below/x"}, "regular"));
  fs::remove_all(at("/below"));
  EXPECT_TRUE(becomes({"/below/x"}, "missing"));
}

TEST_F(PathObserverTest, LooksAgainWhenASymlinkAboveThePathChanges) {
  fs::create_directories(at("/old"));
  fs::create_directories(at("/new"));
  std::ofstream(at("/new/x")) << "x";
  fs::create_directory_symlink(at("/old"), at("/current"));
  observer_.follow({{"/current/x"}});
  ASSERT_EQ(types_.at({"/current/x"}), "missing");
  fs::create_directory_symlink(at("/new"), at("/next"));
  fs::rename(at("/next"), at("/current"));
  EXPECT_TRUE(becomes({"/current/x"}, "regular"));
}

TEST_F(PathObserverTest, ReadsAKeyWithoutWatchedPathOnlyOnLookAgain) {
  observer_.follow({{"/unwatched"}, {"/x"}});
  std::ofstream(at("/unwatched")) << "x";
  std::ofstream(at("/x")) << "x";
  ASSERT_TRUE(becomes({"/x"}, "regular"));
  EXPECT_EQ(types_.at({"/unwatched"}), "missing");
  observer_.look_again();
  EXPECT_EQ(types_.at({"/unwatched"}), "regular");
}

TEST_F(PathObserverTest, StopsLookingAtAKeyThatIsNoLongerFollowed) {
  observer_.follow({{"/x"}, {"/y"}});
  observer_.follow({{"/y"}});
  std::ofstream(at("/x")) << "x";
  std::ofstream(at("/y")) << "x";
  ASSERT_TRUE(becomes({"/y"}, "regular"));
  observer_.look_again();
  EXPECT_EQ(types_.at({"/x"}), "missing");
}
}  // namespace
}  // namespace checklist::observe
