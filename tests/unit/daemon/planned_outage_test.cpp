// SPDX-License-Identifier: MIT
#include "daemon/planned_outage.hpp"

#include <gtest/gtest.h>

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;

const ExercisePlan plan{.unit = "x.service",
                        .by = "dev",
                        .boot_id = "b1",
                        .until = WallTime{5s},
                        .affected = {{"x.service", ""}, {"y.service", "dependencies"}}};

TEST(PlannedOutage, AcknowledgesWhatThePlanNames) {
  const auto out = planned_outage(plan, "b1");
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(
      out.at({"y.service", "dependencies"}),
      (Acknowledgement{.until = WallTime{5s}, .reason = "exercise of x.service", .by = "dev"}));
}

TEST(PlannedOutage, EndsWithTheBoot) {
  EXPECT_TRUE(planned_outage(plan, "b2").empty());
}
}  // namespace
}  // namespace checklist::daemon
