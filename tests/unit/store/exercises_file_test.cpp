// SPDX-License-Identifier: MIT
#include <fstream>

#include <gtest/gtest.h>

#include "store/json_records.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::store {
namespace {
using namespace std::chrono_literals;

class ExerciseFiles : public ::testing::Test {
 protected:
  const testing::TemporaryDirectory directory_;
  const ExercisesFile results_{directory_.path() / "exercises"};
  const ExercisePlanFile plans_{directory_.path() / "exercises"};
};

TEST_F(ExerciseFiles, HoldResults) {
  const Exercises all{
      {"x.service",
       {.at = WallTime{5h},
        .steps = {{.name = "stop", .outcome = Outcome::failed, .text = "still \"active\""}},
        .definition = {"/etc/x /etc/x 1"}}}};
  results_.write(all);
  EXPECT_EQ(results_.read().records, all);
}

TEST_F(ExerciseFiles, HoldThePlan) {
  EXPECT_TRUE(plans_.read().records.is_finished);  // none yet
  const ExercisePlan plan{.is_finished = false,
                          .unit = "x.service",
                          .by = "dev",
                          .boot_id = "b",
                          .until = WallTime{2h},
                          .units = {{.unit = "x.service", .active = ActiveState::active}},
                          .names = {"x.service", "y.service"},
                          .links = {{"/etc/a", "/lib/x.service"}},
                          .runtime_links = {{"/run/a", "/dev/null"}},
                          .affected = {{"x.service", ""}, {"z.service", "dependencies"}}};
  plans_.write(plan);
  EXPECT_EQ(plans_.read().records, plan);
}

TEST_F(ExerciseFiles, ThatMakeNoSenseAreAnError) {
  plans_.write({});
  std::ofstream(plans_.path()) << R"({"version": 1, "exercise_plan": {"finished": false}})";
  EXPECT_NE(plans_.read().error, "");
  std::ofstream(results_.path()) << R"({"version": 1, "exercises": {"x.service":
      {"at": 1, "definition": [], "steps": [{"name": "stop", "outcome": "eaten", "text": ""}]}}})";
  EXPECT_NE(results_.read().error.find("eaten"), std::string::npos);
}

TEST_F(ExerciseFiles, AreLockedByOneProcess) {
  const auto first = plans_.try_hold();
  EXPECT_TRUE(first);
  EXPECT_FALSE(plans_.try_hold());
}
}  // namespace
}  // namespace checklist::store
