// SPDX-License-Identifier: MIT
// Decodes UTF-8, for texts that go to a terminal, a log or a metric label.
#pragma once
#include <cstdint>
#include <string_view>

namespace checklist::semantics {
// Returns the length in bytes of the character at the beginning of the text; 0 if there is no valid
// one (Unicode, table 3-7: overlong forms and surrogates are invalid).
std::size_t character_length(std::string_view text);

// Returns the code point of one valid character.
std::uint32_t code_point(std::string_view character);

// Returns whether a terminal may interpret the code point instead of showing it: C0, DEL and C1
// controls, line separators, and bidirectional marks, overrides and isolates.
bool is_control(std::uint32_t point);
}  // namespace checklist::semantics
