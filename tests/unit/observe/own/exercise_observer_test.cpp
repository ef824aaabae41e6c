// SPDX-License-Identifier: MIT
#include "observe/own/exercise_observer.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
TEST(ExerciseObserver, PutsTheRecordOfEachUnitThatIsAskedFor) {
  std::map<std::string, Observed<std::optional<Exercise>>> puts;
  ExerciseObserver observer([&puts](const auto& key, auto fact) { puts[key.unit] = fact; });
  observer.follow({{"x.service"}, {"y.service"}});
  EXPECT_EQ(*puts.at("x.service"), std::nullopt);
  const Exercise exercise{.at = WallTime{Duration{7}}};
  observer.know(Exercises{{"x.service", exercise}});
  EXPECT_EQ(*puts.at("x.service"), exercise);
  EXPECT_EQ(*puts.at("y.service"), std::nullopt);
  observer.know(Unseen{"invalid", "not JSON", ""});
  EXPECT_EQ(puts.at("x.service").unseen().reason, "invalid");
}
}  // namespace
}  // namespace checklist::observe
