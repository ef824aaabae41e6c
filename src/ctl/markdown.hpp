// SPDX-License-Identifier: MIT
// The little Markdown of docs/checks for a terminal.
#pragma once
#include <string>
#include <string_view>

#include "render/table.hpp"

namespace checklist::ctl {
// With colour: headings and **strong** bold, `code` tinted, their marks gone. Plain: unchanged, so
// that what is piped on is Markdown. Inside a fence nothing is a mark.
std::string terminal_text(std::string_view markdown, render::Colour colour);
}  // namespace checklist::ctl
