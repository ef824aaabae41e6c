// SPDX-License-Identifier: MIT
// HTML of a single finding and of what belongs to its check.
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// Returns the symbol of a status in its colour; screen readers read the word.
std::string mark_html(Status status);

// Returns the symbol and the word of a status, in its colour.
std::string status_html(Status status);

// Returns subject, reason, expected, observed, details and hint; empty texts are left out.
std::string finding_html(const Finding& finding, Audience audience);

// Returns "since TIME", or "" if the check never changed its status.
std::string since_html(const CheckResult& result);

// Returns the acknowledgement, or "" if there is none.
std::string acknowledgement_html(const CheckResult& result);

// Returns a link with these words to the check's page, or "" if it has none. `root` leads to the
// main page: "" or "../".
std::string page_link(const std::string& check, const std::string& words, std::string_view root);

// Returns "since TIME · critical · what to do", of which any part may be missing. The host's checks
// have no severity.
std::string context_html(const CheckResult& result, bool is_host, std::string_view root);
}  // namespace checklist::render
