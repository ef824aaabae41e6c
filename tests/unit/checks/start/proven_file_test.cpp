// SPDX-License-Identifier: MIT
#include "checks/start/proven_file.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

class ProvenFileTest : public ::testing::Test {
 protected:
  bool is_proven() {
    View see = world_.view();
    return is_proven_by_last_start("/srv/x", see);
  }

  void modified(Duration at) {
    world_.with(FileKey{"/srv/x"},
                FileStatus{.type = "regular", .target = {}, .modified = WallTime{at}});
  }

  testing::World world_ = testing::a_start_world()
                              .text("Result", "success")
                              .number("ExecMainStartTimestampMonotonic", testing::usec(10min))
                              .with(WallClockKey{}, WallTime{});
};

TEST_F(ProvenFileTest, IsOlderThanTheLastStart) {
  modified(9min);
  EXPECT_TRUE(is_proven());
  modified(11min);
  EXPECT_FALSE(is_proven());
}

TEST_F(ProvenFileTest, NeedsAStartThatSucceeded) {
  modified(9min);
  world_.text("Result", "exit-code");
  EXPECT_FALSE(is_proven());
  world_.text("Result", "success").number("ExecMainStartTimestampMonotonic", 0);
  EXPECT_FALSE(is_proven());
}
}  // namespace
}  // namespace checklist::checks
