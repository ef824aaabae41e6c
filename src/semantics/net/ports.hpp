// SPDX-License-Identifier: MIT
// Ports of a firewall: "tcp:80", "udp:60000-61000".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/facts/sockets.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
struct Ports {
  Protocol protocol = Protocol::tcp;  // or udp
  std::uint16_t first = 0;
  std::uint16_t last = 0;  // not below first
  auto operator<=>(const Ports&) const = default;

  [[nodiscard]] bool contains(Protocol of, std::uint16_t port) const {
    return of == protocol && first <= port && port <= last;
  }

  [[nodiscard]] bool is_one() const { return first == last; }
};

std::optional<Ports> parse_ports(std::string_view text);
std::string print_ports(const Ports& ports);
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::Ports> {
  static constexpr std::string_view expected =
      "a port as \"tcp:80\", or a range as \"udp:60000-61000\"";
  static std::optional<semantics::Ports> parse(const Value& value);
  static Value print(const semantics::Ports& ports);
  static Dict schema();
};
}  // namespace checklist
