// SPDX-License-Identifier: MIT
// Addresses that a unit listens on: "tcp:127.0.0.1:8080", "udp:[::1]:53", "tcp:*:22",
// "unix:/run/x.sock", "unix:@name".
//
// `*` is every address of both families, which a socket on `::` without IPV6_V6ONLY accepts
// (ipv6(7)). An IPv4-mapped address (::ffff:127.0.0.1) is the IPv4 address that it maps.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/sockets.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// Always in its canonical form (RFC 5952), so that equal addresses are equal values.
struct Address {
  Protocol protocol = Protocol::tcp;
  std::string host;        // "127.0.0.1", "::1", "0.0.0.0", "::", "*"; a path or "@name" for unix
  std::uint16_t port = 0;  // 0 for unix
  auto operator<=>(const Address&) const = default;
};

std::optional<Address> parse_address(std::string_view text);
std::string print_address(const Address& address);

// Returns the address of a listener; `::` without v6only is `*`.
Address address_of(const Listener& listener);

// Returns an IP address in its canonical form, without brackets; nothing if the text is none.
std::optional<std::string> canonical_ip(std::string_view text);

bool is_wildcard(const Address& address);  // of one family or of both
bool is_loopback(const Address& address);  // 127.0.0.0/8, ::1; and every unix socket

// Returns whether a connection to `narrow` reaches a socket bound to `wide`. An address covers
// itself.
bool covers(const Address& wide, const Address& narrow);

// Returns the sockets that serve a declared address: `*` may be one of each family.
std::vector<Address> parts(const Address& declared);

// Returns whether a socket bound to `found` is exactly the declared part. `::` may accept IPv4,
// too, because systemd, ss and most programs print both as [::].
bool is_exactly(const Address& found, const Address& part, const Address& declared);
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::Address> {
  static constexpr std::string_view expected =
      "an address as \"tcp:127.0.0.1:8080\", \"udp:[::1]:53\", \"tcp:*:22\", \"unix:/run/x.sock\" "
      "or \"unix:@name\"";
  static std::optional<semantics::Address> parse(const Value& value);
  static Value print(const semantics::Address& address);
  static Dict schema();
};
}  // namespace checklist
