// SPDX-License-Identifier: MIT
// The texts of `checklistctl explain UNIT [CHECK]`: what the spec asks of a unit, and the verdict.
#pragma once
#include <string>

#include "checklist/check.hpp"
#include "checklist/report.hpp"
#include "checklist/spec.hpp"

#include "render/table.hpp"

namespace checklist::ctl {
// A unit and what the daemon says of it; `row` is null if the daemon does not report it.
struct ExplainedUnit {
  const Spec& spec;
  const ServiceReport* row;
};

// Returns a line for each check that can judge the unit: its verdict, or why it does not run.
std::string overview(const ExplainedUnit& unit, const render::Terminal& terminal);

// Returns the verdict with every finding, and the parameters in force with their defaults.
std::string explanation(const ExplainedUnit& unit, const Named<CheckDef>& check,
                        const render::Terminal& terminal);
}  // namespace checklist::ctl
