// SPDX-License-Identifier: MIT
#include "parse/programs/file_capabilities.hpp"

#include <array>

#include "parse/little_endian.hpp"

namespace checklist::parse {
namespace {
constexpr std::uint32_t effective = 1;
constexpr std::size_t word = 4;

// By version: the size, and how many pairs of words there are. Version 3 ends with a user.
struct Layout {
  std::uint32_t version;
  std::size_t size;
  unsigned pairs;
};

constexpr std::array layouts{Layout{1, 12, 1}, Layout{2, 20, 2}, Layout{3, 24, 2}};
}  // namespace

std::optional<FileCapabilities> file_capabilities(std::string_view attribute) {
  const auto at = [attribute](std::size_t i) {
    return std::uint64_t{little_endian(attribute.substr(i * word, word))};
  };
  for (const Layout& each : layouts) {
    if (attribute.size() != each.size || at(0) >> 24U != each.version) {
      continue;
    }
    FileCapabilities out{.effective = (at(0) & effective) != 0};
    for (unsigned pair = 0; pair < each.pairs; ++pair) {
      out.permitted |= at(1 + 2 * pair) << 32U * pair;
      out.inheritable |= at(2 + 2 * pair) << 32U * pair;
    }
    return out;
  }
  return std::nullopt;
}
}  // namespace checklist::parse
