// SPDX-License-Identifier: MIT
#include "render/wrap.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "semantics/text/utf8.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t narrowest = 10;  // columns beside an indent

struct Range {
  std::uint32_t from;
  std::uint32_t to;
};

// The blocks whose characters are wide in UAX #11; wcwidth(3) depends on the locale.
constexpr std::array<Range, 11> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1F64F},
                                      {0x1F900, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 4> combining{
    {{0x300, 0x36F}, {0x200B, 0x200D}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}}};

bool is_in(const auto& ranges, std::uint32_t point) {
  return std::ranges::any_of(
      ranges, [point](const Range& each) { return point >= each.from && point <= each.to; });
}

// A character, or the escape sequence of a colour.
struct Piece {
  std::string_view text;
  std::size_t width;
};

Piece first_piece(std::string_view text) {
  if (text.starts_with("\033[")) {
    return {text.substr(0, std::min(text.find('m'), text.size() - 1) + 1), 0};
  }
  const std::size_t length = std::max<std::size_t>(semantics::character_length(text), 1);
  const std::string_view character = text.substr(0, length);
  const std::uint32_t point = semantics::code_point(character);
  return {character, is_in(combining, point) ? 0U : is_in(wide, point) ? 2U : 1U};
}

// Appends words to lines.
class Wrapping {
 public:
  Wrapping(std::size_t columns, std::size_t indent) : columns_(columns), indent_(indent) {}

  void blank() { ++gap_; }

  void word(std::string_view text) {
    if (begun_ && used_ + gap_ + width(text) > columns_) {
      next_line();
    }
    line_ += std::string(gap_, ' ');
    used_ += gap_;
    gap_ = 0;
    begun_ = true;
    while (!text.empty()) {
      const Piece piece = first_piece(text);
      if (used_ + piece.width > columns_) {
        next_line();
      }
      append(piece);
      text.remove_prefix(piece.text.size());
    }
  }

  std::vector<std::string> lines() && {
    lines_.push_back(std::move(line_));
    return std::move(lines_);
  }

 private:
  void next_line() {
    lines_.push_back(std::move(line_));
    line_ = std::string(indent_, ' ');
    used_ = indent_;
    gap_ = 0;
  }

  void append(const Piece& piece) {
    line_ += piece.text;
    used_ += piece.width;
  }

  std::size_t columns_;
  std::size_t indent_;
  std::vector<std::string> lines_;
  std::string line_;
  std::size_t used_ = 0;
  std::size_t gap_ = 0;  // blanks before the next word, left out if it begins a line
  bool begun_ = false;
};
}  // namespace

std::size_t width(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    const Piece piece = first_piece(text);
    out += piece.width;
    text.remove_prefix(piece.text.size());
  }
  return out;
}

std::string padding(std::string_view text, std::size_t columns) {
  std::string out;
  out.resize(columns - std::min(columns, width(text)), ' ');
  return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
  if (columns == any_width) {
    return {std::string(text)};
  }
  Wrapping out(columns, columns < indent + narrowest ? 0 : indent);
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    if (to > from) {
      out.word(text.substr(from, to - from));
    }
    out.blank();
    from = to + 1;
  }
  return std::move(out).lines();
}
}  // namespace checklist::render
