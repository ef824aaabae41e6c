// SPDX-License-Identifier: MIT
// The Markdown that the pages of docs/checks are written in, as HTML: headings, paragraphs, lists,
// tables, fenced blocks, code, bold text and links. The title is omitted.
#pragma once
#include <string>
#include <string_view>

namespace checklist::render {
std::string html_of(std::string_view markdown);
}  // namespace checklist::render
