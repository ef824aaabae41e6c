// SPDX-License-Identifier: MIT
// Sanitizes untrusted texts for metric labels, terminals and logs.
#pragma once
#include <string>
#include <string_view>

namespace checklist::render {
// Returns the text as valid UTF-8, cut at a character boundary to at most `bytes`. Each invalid
// byte becomes U+FFFD, because Prometheus rejects a whole scrape for one of them.
std::string label_text(std::string_view text, std::size_t bytes = 120);

// Returns label_text() on a single line that is safe for a terminal or a log: newlines and tabs
// become spaces, control and bidirectional formatting characters U+FFFD.
std::string printable(std::string_view text, std::size_t bytes = 2000);
}  // namespace checklist::render
