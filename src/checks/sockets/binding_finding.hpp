// SPDX-License-Identifier: MIT
// The finding for a declared address, by its binding and the unit's phase.
#pragma once
#include "checklist/finding.hpp"

#include "checks/sockets/binding.hpp"
#include "checks/state/phase.hpp"

namespace checklist::checks {
// How much of a unit's addresses is judged.
enum class BindingScope {
  all,
  settling,  // missing listeners may still appear
  at_rest,   // down: no other process holds its address, and its socket units are active
  others,    // starting, queued or not loaded: no other process holds its address
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
    case Phase::between_runs:
      return BindingScope::others;
    default:
      return BindingScope::nothing;
  }
}

Finding binding_finding(const semantics::Address& declared, const Binding& binding,
                        BindingScope scope, const UnitSockets& units, View& see);
}  // namespace checklist::checks
