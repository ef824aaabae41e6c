// SPDX-License-Identifier: MIT
#include "store/record_file.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::store {
namespace {
class Records : public ::testing::Test {
 protected:
  const testing::TemporaryDirectory directory_;
  const RecordFile file_{directory_.path() / "records", "record"};
};

TEST_F(Records, AreReadAsTheyWereWritten) {
  EXPECT_FALSE(file_.read().text);
  EXPECT_EQ(file_.read().error, "");
  file_.write("one");
  file_.write("two");
  EXPECT_EQ(file_.read().text, "two");
}

TEST_F(Records, OfSomebodyElseAreNotBelieved) {
  file_.write("one");
  std::filesystem::permissions(file_.path(), std::filesystem::perms(0666));
  EXPECT_FALSE(file_.read().text);
  EXPECT_NE(file_.read().error, "");
}

// Each has a descriptor of its own, as every process has.
TEST_F(Records, LoseNothingToWhoChangesThemAtTheSameTime) {
  constexpr std::size_t writers = 8;
  constexpr std::size_t times = 20;
  std::vector<std::thread> all;
  for (std::size_t writer = 0; writer < writers; ++writer) {
    all.emplace_back([this] {
      for (std::size_t i = 0; i < times; ++i) {
        const RecordHold hold = file_.hold();
        file_.write(file_.read().text.value_or("") + "x");
      }
    });
  }
  for (std::thread& each : all) {
    each.join();
  }
  EXPECT_EQ(file_.read().text, std::string(writers * times, 'x'));
}
}  // namespace
}  // namespace checklist::store
