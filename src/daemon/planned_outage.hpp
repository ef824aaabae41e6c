// SPDX-License-Identifier: MIT
// The outage that `checklistctl exercise` announces.
#pragma once
#include <string>

#include "checklist/acknowledgement.hpp"
#include "checklist/exercise_plan.hpp"

namespace checklist::daemon {
// Returns the acknowledgements of what fails meanwhile; none if the plan is of another boot.
inline Acknowledgements planned_outage(const ExercisePlan& plan, const std::string& boot_id) {
  Acknowledgements out;
  if (plan.boot_id != boot_id) {
    return out;
  }
  for (const auto& affected : plan.affected) {
    out[affected] = {.until = plan.until, .reason = "exercise of " + plan.unit, .by = plan.by};
  }
  return out;
}
}  // namespace checklist::daemon
