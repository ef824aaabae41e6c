// SPDX-License-Identifier: MIT
#include "semantics/net/ports.hpp"

#include "semantics/text/fields.hpp"

namespace checklist::semantics {
std::optional<Ports> parse_ports(std::string_view text) {
  const auto colon = text.find(':');
  const auto protocol = from_text<Protocol>(text.substr(0, colon));
  if (colon == std::string_view::npos || !protocol || *protocol == Protocol::unix_stream) {
    return std::nullopt;
  }
  const auto range = text.substr(colon + 1);
  const auto dash = range.find('-');
  const auto first = number<std::uint16_t>(range.substr(0, dash));
  const auto last =
      dash == std::string_view::npos ? first : number<std::uint16_t>(range.substr(dash + 1));
  if (!first || !last || *first == 0 || *last < *first) {
    return std::nullopt;
  }
  return Ports{.protocol = *protocol, .first = *first, .last = *last};
}

std::string print_ports(const Ports& ports) {
  return std::string(text(ports.protocol)) + ":" + std::to_string(ports.first) +
         (ports.is_one() ? "" : "-" + std::to_string(ports.last));
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::Ports> ParameterType<semantics::Ports>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr ? semantics::parse_ports(*text) : std::nullopt;
}

Value ParameterType<semantics::Ports>::print(const semantics::Ports& ports) {
  return {semantics::print_ports(ports)};
}

Dict ParameterType<semantics::Ports>::schema() {
  return pattern_schema("^(tcp|udp):[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?$");
}
}  // namespace checklist
