// SPDX-License-Identifier: MIT
// Exercises one unit, step by step. What it changes is in the plan before it is changed, and is
// restored at the end, whatever happened.
#pragma once
#include <string>
#include <vector>

#include "ctl/exercise/steps.hpp"

namespace checklist::ctl {
struct RunResult {
  Exercise exercise;
  bool interrupted = false;
  std::vector<std::string> not_restored;  // empty: everything is as it was found
};

// `plan` is that of plan_of(), with `by` and `boot_id`.
RunResult exercise(ExercisePlan plan, const Affected& affected, const RunContext& context);
}  // namespace checklist::ctl
