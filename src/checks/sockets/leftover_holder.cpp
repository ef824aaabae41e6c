// SPDX-License-Identifier: MIT
#include "checks/sockets/leftover_holder.hpp"

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
namespace {
// Finding the peer takes a connection, which is made only while a process of the unit is left:
// otherwise it could reach a socket unit and start the disabled service.
Ownership unix_holder(const semantics::Address& declared, const std::vector<Listener>& listeners,
                      const UnitSockets& units, View& see) {
  if (see.text("ControlGroup").empty()) {
    return units.active_socket(see, declared).empty() ? Ownership::foreign : Ownership::ours;
  }
  const auto binding = unix_binding(declared, listeners, units, see);
  switch (binding.state) {
    case BindingState::exactly:
      return binding.note.empty() ? Ownership::ours : Ownership::unknown;
    case BindingState::unclear:
    case BindingState::unseen:
      return Ownership::unknown;
    default:
      return Ownership::foreign;
  }
}
}  // namespace

Ownership leftover_holder(const semantics::Address& declared,
                          const std::vector<Listener>& listeners, const UnitSockets& units,
                          View& see) {
  if (declared.protocol == Protocol::unix_stream) {
    return unix_holder(declared, listeners, units, see);
  }
  bool is_unknown = false;
  for (const Listener& each : listeners) {
    const semantics::Address found = semantics::address_of(each);
    if (!semantics::covers(found, declared) && !semantics::covers(declared, found)) {
      continue;
    }
    const Ownership ownership = holder_of(each, units, see).ownership;
    if (ownership == Ownership::ours) {
      return ownership;
    }
    is_unknown |= ownership == Ownership::unknown;
  }
  return is_unknown ? Ownership::unknown : Ownership::foreign;
}
}  // namespace checklist::checks
