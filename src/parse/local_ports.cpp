// SPDX-License-Identifier: MIT
#include "parse/local_ports.hpp"

#include <algorithm>
#include <charconv>

namespace checklist::parse {
namespace {
std::optional<std::uint16_t> take_port(std::string_view& text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc{} ? std::optional(port) : std::nullopt;
}
}  // namespace

std::optional<PortRange> local_ports(std::string_view text) {
  const auto first = take_port(text);
  const auto last = take_port(text);
  if (!first || !last || *first > *last || (!text.empty() && text != "\n")) {
    return std::nullopt;
  }
  return PortRange{.first = *first, .last = *last};
}
}  // namespace checklist::parse
