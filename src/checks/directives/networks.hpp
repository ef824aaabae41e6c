// SPDX-License-Identifier: MIT
// IP networks as IPAddressDeny= names them (systemd.resource-control(5)), each as its family and
// the bits of its prefix: "4:01111111" is 127.0.0.0/8. A network is
// part of another if it begins with that.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/value.hpp"

namespace checklist::checks {
// "any", "localhost", "link-local", "multicast", "10.0.0.0/8", "192.0.2.1"; empty if it is none of
// these.
std::vector<std::string> networks(std::string_view word);

// Reads (family, bytes, length of the prefix), as on D-Bus.
std::optional<std::string> network(const Value& property);

// Returns it in the usual notation: "127.0.0.0/8", "fe80:0:0:0:0:0:0:0/64".
std::string print_network(std::string_view network);

inline bool is_part(std::string_view network, std::string_view of) {
  return network.starts_with(of);
}
}  // namespace checklist::checks
