// SPDX-License-Identifier: MIT
// How a declared address is bound on a host that may lack the address, or IPv6 altogether.
#pragma once
#include <span>

#include "checklist/view.hpp"

#include "checks/sockets/declared_addresses.hpp"

namespace checklist::checks {
// Returns the binding of a TCP or UDP address that `want` declares. Asks for the addresses of the
// host if they matter.
Binding binding_on_host(const semantics::Address& declared, const BindingRequest& want,
                        std::span<const OwnedListener> listeners, View& see);
}  // namespace checklist::checks
