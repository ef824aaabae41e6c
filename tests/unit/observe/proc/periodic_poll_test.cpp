// SPDX-License-Identifier: MIT
#include "observe/proc/periodic_poll.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;

class PeriodicPollTest : public ::testing::Test {
 protected:
  bool looks(std::size_t count) {
    return loop_.run_until([&] { return looked_at_.size() >= count; }, 5s);
  }

  event::Loop loop_;
  std::vector<std::string> looked_at_;
  PeriodicPoll<std::string> poll_{loop_, 1h,
                                  [this](const std::string& key) { looked_at_.push_back(key); }};
};

TEST_F(PeriodicPollTest, LooksAtNewKeysAtOnce) {
  poll_.follow({"a", "b"});
  ASSERT_TRUE(looks(2));
  poll_.follow({"a", "b", "c"});
  ASSERT_TRUE(looks(3));
  EXPECT_THAT(looked_at_, ElementsAre("a", "b", "c"));
}

TEST_F(PeriodicPollTest, LooksAtAFollowedKeyOnRequest) {
  poll_.add("a");
  ASSERT_TRUE(looks(1));
  poll_.look_at("other");
  poll_.look_at("a");
  ASSERT_TRUE(looks(2));
  EXPECT_THAT(looked_at_, ElementsAre("a", "a"));
}

TEST_F(PeriodicPollTest, SkipsAKeyThatWasDroppedBeforeItsTurn) {
  poll_.follow({"a", "b"});
  poll_.drop("a");
  ASSERT_TRUE(looks(1));
  EXPECT_THAT(looked_at_, ElementsAre("b"));
}

TEST_F(PeriodicPollTest, LooksAtAllOfManyKeys) {
  std::set<std::string> keys;
  for (int i = 0; i < 100; ++i) {
    keys.insert(std::to_string(i));
  }
  poll_.follow(keys);
  ASSERT_TRUE(looks(100));
  EXPECT_EQ(std::set<std::string>(looked_at_.begin(), looked_at_.end()), keys);
}

TEST(PeriodicPoll, LooksAgainAfterTheInterval) {
  event::Loop loop;
  int looks = 0;
  PeriodicPoll<std::string> poll(loop, 1ms, [&looks](const std::string&) { ++looks; });
  poll.add("a");
  EXPECT_TRUE(loop.run_until([&looks] { return looks >= 3; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
