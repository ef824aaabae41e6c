// SPDX-License-Identifier: MIT
#include "daemon/figures.hpp"

#include <gtest/gtest.h>

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;

TEST(EngineFigures, AreOfTheManagerWhoseUnitsTheyAre) {
  engine::Figures engine;
  engine.bus_up = true;
  engine.evaluation_durations.add(30us);
  engine.observers.push_back({.name = "listeners",
                              .is_up = true,
                              .last_success = WallTime{} + 5s,
                              .duration = Duration{2ms}});
  engine.probes["x.service"].add(3ms);
  render::Figures out;
  add_engine_figures(out, engine, "user:dev");
  EXPECT_TRUE(out.bus_up);
  ASSERT_TRUE(out.evaluation_duration);
  EXPECT_EQ(out.evaluation_duration->count, 1U);
  ASSERT_EQ(out.observers.size(), 1U);
  EXPECT_EQ(out.observers[0].name, "listeners");
  EXPECT_EQ(out.observers[0].duration, Duration{2ms});
  ASSERT_EQ(out.probes.size(), 1U);
  EXPECT_EQ(out.probes[0].manager, "user:dev");
  EXPECT_EQ(out.probes[0].duration.sum, Duration{3ms});
}
}  // namespace
}  // namespace checklist::daemon
