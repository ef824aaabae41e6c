// SPDX-License-Identifier: MIT
// Numbers of extended attributes, which are little-endian on every architecture.
#pragma once
#include <cstdint>
#include <string_view>

namespace checklist::parse {
// Returns the number that at most four bytes are.
inline std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  unsigned shift = 0;
  for (const char byte : bytes) {
    out |= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << shift;
    shift += 8;
  }
  return out;
}
}  // namespace checklist::parse
