// SPDX-License-Identifier: MIT
// Parses /proc/sys/net/ipv4/ip_local_port_range (ip(7)).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/sockets.hpp"

namespace checklist::parse {
// "32768\t60999\n"; returns nothing if malformed.
std::optional<PortRange> local_ports(std::string_view text);
}  // namespace checklist::parse
