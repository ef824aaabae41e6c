// SPDX-License-Identifier: MIT
// What `checklistctl exercise` recorded of a unit: it was stopped and started, and its toggles were
// used.
#pragma once
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
enum class Outcome { passed, failed, skipped };
template <>
inline constexpr auto names<Outcome> = names_of<Outcome>({{Outcome::passed, "passed"},
                                                          {Outcome::failed, "failed"},
                                                          {Outcome::skipped, "skipped"}});

struct ExerciseStep {
  std::string
      name;  // "stop", "released", "mask", "start", "ready", "disable", "enable", "restored"
  Outcome outcome = Outcome::passed;
  std::string text;  // what was seen, or why it was skipped
  bool operator==(const ExerciseStep&) const = default;
};

// A finished exercise.
struct Exercise {
  WallTime at;                            // when it ended
  std::vector<ExerciseStep> steps{};      // in their order
  std::vector<std::string> definition{};  // definition_lines() of the unit at that time
  bool operator==(const Exercise&) const = default;
};

// The last exercise of each unit, by canonical name.
using Exercises = std::map<std::string, Exercise>;

struct ExerciseKey {
  std::string unit;                      // canonical
  using Fact = std::optional<Exercise>;  // the last one; none if there was none
  auto operator<=>(const ExerciseKey&) const = default;
};
}  // namespace checklist
