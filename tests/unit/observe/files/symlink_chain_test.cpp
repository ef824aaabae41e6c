// SPDX-License-Identifier: MIT
#include "observe/files/symlink_chain.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::SizeIs;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class SymlinkChainTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& path) const {
    return root_.path().string() + path;
  }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
};

TEST_F(SymlinkChainTest, IsThePathItselfWithoutLinks) {
  std::ofstream(at("/file")) << "x";
  EXPECT_THAT(symlink_chain(at("/file")), ElementsAre(at("/file")));
  EXPECT_THAT(symlink_chain(at("/none/below")), ElementsAre(at("/none/below")));
}

TEST_F(SymlinkChainTest, HoldsEveryLinkOnTheWayAndTheEnd) {
  fs::create_directories(at("/store/1"));
  std::ofstream(at("/store/1/unit")) << "x";
  fs::create_directory_symlink("store/1", at("/etc"));
  fs::create_symlink("../etc/unit", at("/store/link"));
  EXPECT_THAT(symlink_chain(at("/etc/unit")),
              ElementsAre(at("/etc"), at("/etc/unit"), at("/store/1/unit")));
  EXPECT_THAT(symlink_chain(at("/store/link")),
              ElementsAre(at("/etc"), at("/store/1/unit"), at("/store/link")));
}

TEST_F(SymlinkChainTest, EndsInALoop) {
  fs::create_symlink("b", at("/a"));
  fs::create_symlink("a", at("/b"));
  EXPECT_THAT(symlink_chain(at("/a")), SizeIs(::testing::Le(4U)));
}

TEST_F(SymlinkChainTest, IsWatchedBeyondALinkThatWasReplaced) {
  for (const char* directory : {"/1", "/2"}) {
    fs::create_directory(at(directory));
    std::ofstream(at(directory) + "/unit") << "x";
  }
  fs::create_directory_symlink("1", at("/current"));
  int changes = 0;
  const SymlinkChainWatch watch(loop_, at("/current/unit"), [&changes] { ++changes; });
  fs::create_directory_symlink("2", at("/next"));
  fs::rename(at("/next"), at("/current"));
  ASSERT_TRUE(loop_.run_until([&changes] { return changes > 0; }, 5s));
  const int before = changes;
  std::ofstream(at("/2/unit")) << "y";
  EXPECT_TRUE(loop_.run_until([&] { return changes > before; }, 5s));
}

TEST_F(SymlinkChainTest, MayDestroyItsWatchInTheCallback) {
  std::unique_ptr<SymlinkChainWatch> watch;
  watch = std::make_unique<SymlinkChainWatch>(loop_, at("/file"), [&watch] { watch.reset(); });
  std::ofstream(at("/file")) << "x";
  EXPECT_TRUE(loop_.run_until([&watch] { return watch == nullptr; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
