// SPDX-License-Identifier: MIT
// Which addresses are the host's own.
#pragma once
#include <string>

#include "checklist/facts/sockets.hpp"

namespace checklist::semantics {
// Returns whether the host receives what is sent to this IP address: an interface has it, or a
// prefix of the local routing table covers it. Multicast addresses and 255.255.255.255 are
// everybody's.
bool has_address(const HostAddresses& host, const std::string& ip);
}  // namespace checklist::semantics
