// SPDX-License-Identifier: MIT
// HTML of a single finding and of what belongs to its check.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// Returns the symbol and the word of a status, in its colour.
std::string status_html(Status status);

// Returns subject, reason, expected, observed, details and hint; empty texts are left out.
std::string finding_html(const Finding& finding, Audience audience);

// Returns "since TIME", or "" if the check never changed its status.
std::string since_html(const CheckResult& result);

// Returns the acknowledgement, or "" if there is none.
std::string acknowledgement_html(const CheckResult& result);

// Returns a link to the check's page among the runbooks, or "" if it has none.
std::string runbook_link(const std::string& check);
}  // namespace checklist::render
