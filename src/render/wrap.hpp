// SPDX-License-Identifier: MIT
// Fits texts into the columns of a terminal.
#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace checklist::render {
constexpr std::size_t any_width = std::numeric_limits<std::size_t>::max();

// Returns the columns that the text occupies: two for characters of East Asian scripts and emoji,
// none for combining marks and for the escape sequences of colours.
std::size_t width(std::string_view text);

// Returns blanks that extend the text to `columns`.
std::string padding(std::string_view text, std::size_t columns);

// Splits the text at blanks into lines of at most `columns`; all but the first begin with `indent`
// blanks, if that leaves room. A longer word is split, too. The text must be printable() but for
// colours.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t indent);
}  // namespace checklist::render
