// SPDX-License-Identifier: MIT
#include "observe/root/root_look.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class RootLookTest : public ::testing::Test {
 protected:
  bool is_asked(Duration within) {
    return loop_.run_until([this] { return fs::exists(request()); }, within);
  }

  [[nodiscard]] std::string request() const { return directory_.path() / "look"; }

  testing::TemporaryDirectory directory_;
  event::Loop loop_;
  RootLook look_{loop_, request()};
};

TEST_F(RootLookTest, IsAskedForWithAnEmptyFile) {
  look_.ask(loop_.now());
  ASSERT_TRUE(is_asked(5s));
  EXPECT_EQ(fs::file_size(request()), 0U);
}

TEST_F(RootLookTest, IsAskedForAgainUntilItIsMade) {
  const TimePoint asked = loop_.now();
  look_.ask(asked);
  ASSERT_TRUE(is_asked(5s));
  fs::remove(request());
  look_.looked(asked - 1ms);
  ASSERT_TRUE(is_asked(5s));
  fs::remove(request());
  look_.looked(loop_.now());
  EXPECT_FALSE(is_asked(1500ms));
}

TEST_F(RootLookTest, IsNotMissedWhereItCannotBeAskedFor) {
  fs::remove_all(directory_.path());
  look_.ask(loop_.now());
  EXPECT_FALSE(is_asked(700ms));
}
}  // namespace
}  // namespace checklist::observe
