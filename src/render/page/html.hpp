// SPDX-License-Identifier: MIT
// Elements that every part of the page is made of. Texts from elsewhere must go through escaped().
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

namespace checklist::render {
// Returns harmless() text of at most `bytes` before escaping, safe in an element and in a quoted
// attribute.
std::string escaped(std::string_view text, std::size_t bytes = 2000);

// As escaped(), with text in backticks as <code>.
std::string escaped_hint(std::string_view text);

// Returns a row of a description list, or "" if `html` is empty.
std::string entry(std::string_view name, const std::string& html);

// Returns "2026-11-25 15:51:50 UTC" as a <time> element, which the script rewrites in local time.
std::string time_element(WallTime time);

// Returns the text as a part of a URL's path or query, safe in a quoted attribute.
std::string url_encoded(std::string_view text);

// Returns "1 unit" or "3 units".
std::string counted(std::size_t count, const std::string& one, const std::string& more);

// Returns "✓", "✗", "?" or "–", so that the colour is not the only sign.
std::string_view symbol(Status status);

// Returns "✗ FAIL" and the like.
std::string symbol_and_word(Status status);
}  // namespace checklist::render
