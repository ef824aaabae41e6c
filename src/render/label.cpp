// SPDX-License-Identifier: MIT
#include "render/label.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace checklist::render {
namespace {
constexpr std::string_view replacement = "\xef\xbf\xbd";

// The lowest code point of a sequence, by its length; a lower one is an overlong encoding.
constexpr std::array<std::uint32_t, 5> lowest{0, 0, 0x80, 0x800, 0x10000};

std::size_t expected_length(unsigned char lead) {
  return lead < 0x80                   ? 1
         : lead >= 0xC2 && lead < 0xE0 ? 2
         : lead >= 0xE0 && lead < 0xF0 ? 3
         : lead >= 0xF0 && lead < 0xF5 ? 4
                                       : 0;
}

// Decodes a sequence of the length that its lead byte announces.
std::uint32_t code_point(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence[0]);
  std::uint32_t point = sequence.size() == 1 ? lead : lead & (0x7FU >> sequence.size());
  for (const char c : sequence.substr(1)) {
    point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  }
  return point;
}

// Returns the length in bytes of the valid character at the beginning, or 0 if there is none.
std::size_t length_of_first(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = expected_length(lead);
  if (length <= 1 || text.size() < length) {
    return length == 1 ? 1 : 0;
  }
  const std::string_view sequence = text.substr(0, length);
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  if (!std::ranges::all_of(sequence.substr(1), continues)) {
    return 0;
  }
  const std::uint32_t point = code_point(sequence);
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return point < lowest.at(length) || point > 0x10FFFF || surrogate ? 0 : length;
}

// C0, DEL and C1 controls, line separators, bidirectional marks, overrides and isolates.
bool is_control(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}
}  // namespace

std::string label_text(std::string_view text, std::size_t bytes) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = length_of_first(text);
    const std::string_view next = length > 0 ? text.substr(0, length) : replacement;
    if (out.size() + next.size() > bytes) {
      break;
    }
    out += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string printable(std::string_view text, std::size_t bytes) {
  const std::string valid = label_text(text, bytes);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view next = rest.substr(0, length_of_first(rest));
    const bool is_space = next == "\n" || next == "\t" || next == "\r";
    out += is_space ? " " : is_control(code_point(next)) ? replacement : next;
    rest.remove_prefix(next.size());
  }
  return out;
}
}  // namespace checklist::render
