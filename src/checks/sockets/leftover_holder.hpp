// SPDX-License-Identifier: MIT
// Whether a unit that should be down still listens on an address.
#pragma once
#include <vector>

#include "checklist/view.hpp"

#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"

namespace checklist::checks {
// Returns ours if the unit or a socket unit of it listens there, unknown if the listener's unit is
// not known, foreign if there is no listener or only another unit's.
Ownership leftover_holder(const semantics::Address& declared,
                          const std::vector<Listener>& listeners, const UnitSockets& units,
                          View& see);
}  // namespace checklist::checks
