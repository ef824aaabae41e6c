// SPDX-License-Identifier: MIT
// Whether a unit that should be down still listens on an address.
#pragma once
#include <vector>

#include "checklist/view.hpp"

#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"

namespace checklist::checks {
// to_us: the unit or a socket unit of it listens there; unclear: somebody does, who cannot be told;
// to_others: nobody does, or somebody else.
Belongs leftover_holder(const semantics::Address& declared, const std::vector<Listener>& listeners,
                        const Household& household, View& see);
}  // namespace checklist::checks
