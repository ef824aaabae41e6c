// SPDX-License-Identifier: MIT
// Texts from elsewhere, made fit for where they go.
#pragma once
#include <string>
#include <string_view>

namespace checklist::render {
// Valid UTF-8 (U+FFFD for what is not), cut at a character boundary to at most `bytes`: one bad
// byte in a label would make Prometheus refuse the whole scrape.
std::string label_text(std::string_view text, std::size_t bytes = 120);

// One line for a terminal or a log: label_text, white space as spaces, and U+FFFD for what would
// steer a terminal or turn the line around (control and bidirectional formatting characters).
std::string printable(std::string_view text, std::size_t bytes = 2000);
}  // namespace checklist::render
