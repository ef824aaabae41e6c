// SPDX-License-Identifier: MIT
#include "semantics/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace checklist::semantics {
namespace {
struct Bytes {
  unsigned from;
  unsigned to;
};

// A row of table 3-7; further bytes are continuations.
struct WellFormed {
  Bytes first;
  Bytes second;
  std::size_t length;
};

constexpr Bytes any{0x80, 0xBF};
constexpr std::array<WellFormed, 9> well_formed{{{{0x00, 0x7F}, any, 1},
                                                 {{0xC2, 0xDF}, any, 2},
                                                 {{0xE0, 0xE0}, {0xA0, 0xBF}, 3},
                                                 {{0xE1, 0xEC}, any, 3},
                                                 {{0xED, 0xED}, {0x80, 0x9F}, 3},
                                                 {{0xEE, 0xEF}, any, 3},
                                                 {{0xF0, 0xF0}, {0x90, 0xBF}, 4},
                                                 {{0xF1, 0xF3}, any, 4},
                                                 {{0xF4, 0xF4}, {0x80, 0x8F}, 4}}};

constexpr bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}
}  // namespace

std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto* const row = std::ranges::find_if(well_formed, [&](const WellFormed& each) {
    return byte(0) >= each.first.from && byte(0) <= each.first.to;
  });
  if (row == well_formed.end() || row->length > text.size()) {
    return 0;
  }
  const bool second_fits =
      row->length == 1 || (byte(1) >= row->second.from && byte(1) <= row->second.to);
  return second_fits && std::ranges::all_of(text.substr(1, row->length - 1), continues)
             ? row->length
             : 0;
}

std::uint32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  std::uint32_t point = character.size() == 1 ? lead : lead & (0x7FU >> character.size());
  for (const char c : character.substr(1)) {
    point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  }
  return point;
}

bool is_control(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}
}  // namespace checklist::semantics
