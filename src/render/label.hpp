// SPDX-License-Identifier: MIT
// Sanitizes untrusted texts for metric labels, terminals and logs.
#pragma once
#include <string>
#include <string_view>

namespace checklist::render {
// Returns the text as valid UTF-8, cut at a character boundary to at most `bytes`. Each invalid
// byte becomes U+FFFD, because Prometheus rejects a whole scrape for one of them.
std::string label_text(std::string_view text, std::size_t bytes = 120);

// Returns label_text() of a text for people: "…" replaces the end of one that does not fit.
std::string shortened(std::string_view text, std::size_t bytes);

// Returns label_text() that neither steers a terminal nor reorders what surrounds it: control and
// bidirectional formatting characters become U+FFFD, but for newlines and tabs.
std::string harmless(std::string_view text, std::size_t bytes);

// Returns harmless() on a single line, for a terminal, a log or a metric label: newlines and tabs
// become spaces.
std::string printable(std::string_view text, std::size_t bytes = 2000);
}  // namespace checklist::render
