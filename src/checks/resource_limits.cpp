// SPDX-License-Identifier: MIT
// The unit has the resource limits that it should have, and so has what runs; see
// docs/checks/resource_limits.md.
#include "checklist/check.hpp"

#include "semantics/limit_directives.hpp"
#include "semantics/limit_in_force.hpp"

namespace checklist::checks {
namespace {
struct Params {
  semantics::Demands limits;
};

const semantics::DirectiveFields<Params> fields{.directives = semantics::limit_directives(),
                                                .demands = &Params::limits};

Findings evaluate(const Params& want, View& see) {
  return semantics::held(see, want.limits, "differs", semantics::limit_in_force);
}

Params capture(View& see) {
  return {.limits = semantics::written(see, semantics::limit_directives())};
}
}  // namespace

extern const CheckDef resource_limits;
const CheckDef resource_limits = check<Params, fields, evaluate, capture>(
    "the unit and what runs of it have their resource limits", Runs::when_configured);
}  // namespace checklist::checks
