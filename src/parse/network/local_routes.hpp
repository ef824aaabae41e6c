// SPDX-License-Identifier: MIT
// Builds the rtnetlink(7) request that lists the routing table "local", and parses the replies. The
// kernel delivers to itself what is sent to these destinations: the addresses of interfaces that
// are up, 127.0.0.0/8, broadcast and multicast addresses, and prefixes that were added by hand
// (`ip route add local PREFIX dev lo`).
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace checklist::parse {
std::vector<std::byte> local_routes_question(std::uint8_t family, std::uint32_t sequence);

// The contents of one datagram of the reply.
struct LocalRoutes {
  std::vector<std::string> prefixes{};  // "127.0.0.0/8"; without a length for a single address
  bool done = false;                    // the dump is complete
  bool malformed = false;               // ignore the contents
  int error = 0;                        // errno; the dump has ended
};

// Skips messages with another sequence number.
LocalRoutes parse_local_routes(std::span<const std::byte> datagram, std::uint32_t sequence);
}  // namespace checklist::parse
