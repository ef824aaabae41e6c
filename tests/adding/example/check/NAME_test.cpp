// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"

namespace checklist::checks {
extern const CheckDef NAME;

namespace {
Status status_with(std::uint64_t restarts) {
  auto world = testing::a_service_in(ActiveState::active, "running");
  world.number("NRestarts", restarts);
  return worst(world.evaluate(NAME, {}));
}

TEST(AddedCheck, FailsAfterTooManyRestarts) {
  EXPECT_EQ(status_with(10), Status::pass);
  EXPECT_EQ(status_with(11), Status::fail);
}
}  // namespace
}  // namespace checklist::checks
