// SPDX-License-Identifier: MIT
// Renders the Markdown of docs/checks for a terminal.
#pragma once
#include <string>
#include <string_view>

#include "render/table.hpp"

namespace checklist::ctl {
// With colour, headings and **strong** text are bold, `code` is coloured, and the marks are
// removed. Without, returns the text unchanged, so that piped output is Markdown. Fenced blocks
// have no marks.
std::string terminal_text(std::string_view markdown, render::Colour colour);
}  // namespace checklist::ctl
