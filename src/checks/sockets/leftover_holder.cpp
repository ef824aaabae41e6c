// SPDX-License-Identifier: MIT
#include "checks/sockets/leftover_holder.hpp"

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
namespace {
// Who listens is asked by a connection only where a process of the unit is left: with none, that
// connection could reach a socket unit and start what is disabled.
Belongs unix_holder(const semantics::Address& declared, const std::vector<Listener>& listeners,
                    const Household& household, View& see) {
  if (see.text("ControlGroup").empty()) {
    return household.active_socket(see, declared).empty() ? Belongs::to_others : Belongs::to_us;
  }
  const auto binding = unix_binding(declared, listeners, household, see);
  switch (binding.bound) {
    case Bound::exactly:
      return binding.note.empty() ? Belongs::to_us : Belongs::unclear;
    case Bound::unclear:
    case Bound::unseen:
      return Belongs::unclear;
    default:
      return Belongs::to_others;
  }
}
}  // namespace

Belongs leftover_holder(const semantics::Address& declared, const std::vector<Listener>& listeners,
                        const Household& household, View& see) {
  if (declared.protocol == Protocol::unix_stream) {
    return unix_holder(declared, listeners, household, see);
  }
  bool is_unclear = false;
  for (const Listener& each : listeners) {
    const semantics::Address found = semantics::address_of(each);
    if (!semantics::covers(found, declared) && !semantics::covers(declared, found)) {
      continue;
    }
    const Belongs belongs = holder_of(each, household, see).belongs;
    if (belongs == Belongs::to_us) {
      return belongs;
    }
    is_unclear |= belongs == Belongs::unclear;
  }
  return is_unclear ? Belongs::unclear : Belongs::to_others;
}
}  // namespace checklist::checks
