// SPDX-License-Identifier: MIT
// The unit has the resource limits that it should have, and so has what runs; see
// docs/checks/resource_limits.md.
#include "checklist/check.hpp"

#include "checks/directives/limit_directives.hpp"
#include "checks/directives/limit_in_force.hpp"

namespace checklist::checks {
namespace {
struct Params {
  Demands limits;
};

const DirectiveFields<Params> fields{.directives = limit_directives(), .demands = &Params::limits};

Findings evaluate(const Params& want, View& see) {
  return held(see, want.limits, "differs", limit_in_force);
}

Params capture(View& see) {
  return {.limits = written(see, limit_directives())};
}
}  // namespace

extern const CheckDef resource_limits;
const CheckDef resource_limits = check<Params, fields, evaluate, capture>(
    "the unit and what runs of it have their resource limits", RunsWhen::when_configured);
}  // namespace checklist::checks
