// SPDX-License-Identifier: MIT
// The unit and its processes have the declared resource limits; see
// docs/checks/resource_limits.md.
#include "checklist/check.hpp"

#include "checks/directives/limit_directives.hpp"
#include "checks/directives/limit_in_force.hpp"
#include "checks/directives/written.hpp"

namespace checklist::checks {
namespace {
struct Params {
  ExpectedDirectives limits;
};

const DirectiveFields<Params> fields{.directives = limit_directives(), .expected = &Params::limits};

Findings evaluate(const Params& want, View& see) {
  return evaluate_directives(see, want.limits, "differs", limit_in_force);
}

Params capture(View& see) {
  return {.limits = written(see, limit_directives())};
}
}  // namespace

extern const CheckDef resource_limits;
const CheckDef resource_limits = check<Params, fields, evaluate, capture>(
    "the unit and its processes have the declared limits", RunsWhen::when_configured);
}  // namespace checklist::checks
