// SPDX-License-Identifier: MIT
#include "observe/root/look_since_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
namespace fs = std::filesystem;
const Unseen denied{"permission", "access denied", ""};

class LookSinceObserverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "a file of root's needs root";
    }
  }

  void write(TimePoint made) {
    parse::FileFacts facts;
    facts.made = made;
    facts.files.emplace("/key", FileStatus{.type = "missing", .target = {}});
    std::ofstream(path_ + ".new") << parse::print_file_facts(facts);
    fs::permissions(path_ + ".new", fs::perms(0640));
    fs::rename(path_ + ".new", path_);
  }

  void follow(TimePoint since) { observer_.follow({{"/key", since}}); }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path().string() + "/facts.json";
  event::Loop loop_;
  Observed<bool> told_;
  RootFacts root_facts_{loop_, [this] { observer_.look_again(); }, path_,
                        directory_.path() / "look"};
  LookSinceObserver observer_{
      loop_, [this](const LookSinceKey&, Observed<bool> fact) { told_ = std::move(fact); },
      root_facts_};
};

TEST_F(LookSinceObserverTest, IsTrueOfWhatTheDaemonSeesItself) {
  follow(loop_.now());
  EXPECT_TRUE(told_);
}

TEST_F(LookSinceObserverTest, AsksForALookThatIsNewer) {
  write(loop_.now());
  ASSERT_TRUE(root_facts_.file("/key", denied));
  const TimePoint since = loop_.now() + 1ms;
  follow(since);
  EXPECT_TRUE(told_.pending());
  ASSERT_TRUE(loop_.run_until([this] { return fs::exists(directory_.path() / "look"); }, 5s));
  write(since + 1ms);
  EXPECT_TRUE(loop_.run_until([this] { return bool(told_); }, 5s));
}

TEST_F(LookSinceObserverTest, IsTrueOfALookThatIsNewEnough) {
  write(loop_.now());
  ASSERT_TRUE(root_facts_.file("/key", denied));
  follow(loop_.now() - 1min);
  EXPECT_TRUE(told_);
}
}  // namespace
}  // namespace checklist::observe
