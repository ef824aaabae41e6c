// SPDX-License-Identifier: MIT
#include "parse/device_classes.hpp"

#include "semantics/text/fields.hpp"

namespace checklist::parse {
std::vector<DeviceClass> device_classes(std::string_view text) {
  std::vector<DeviceClass> out;
  bool block = false;
  for (const auto line : semantics::lines(text)) {
    if (line.ends_with(':')) {
      block = line.starts_with("Block");
      continue;
    }
    const auto parts = semantics::words(line);
    const auto major =
        parts.size() == 2 ? semantics::number<std::uint32_t>(parts[0]) : std::nullopt;
    if (major) {
      out.push_back({.block = block, .name = std::string(parts[1]), .major = *major});
    }
  }
  return out;
}
}  // namespace checklist::parse
