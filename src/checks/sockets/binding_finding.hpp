// SPDX-License-Identifier: MIT
// What a binding means for a unit in its phase, as a finding.
#pragma once
#include "checklist/finding.hpp"

#include "checks/sockets/binding.hpp"
#include "checks/state/phase.hpp"

namespace checklist::checks {
// How much of a unit's addresses is judged.
enum class BindingScope {
  all,
  settling,  // what is missing may still come
  at_rest,   // the unit is down: nobody else takes its address, and its socket units are active
  others,    // it is on its way up, or cannot come: nobody else takes its address
  nothing
};

constexpr BindingScope binding_scope(Phase phase) {
  switch (phase) {
    case Phase::up:
    case Phase::reloading:
    case Phase::on_demand:
      return BindingScope::all;
    case Phase::settling:
      return BindingScope::settling;
    case Phase::down:
      return BindingScope::at_rest;
    case Phase::not_loaded:
    case Phase::queued:
    case Phase::crash_looping:
    case Phase::activating:
    case Phase::rests:
      return BindingScope::others;
    default:
      return BindingScope::nothing;
  }
}

Finding binding_finding(const semantics::Address& declared, const Binding& binding,
                        BindingScope scope, const Household& household, View& see);
}  // namespace checklist::checks
