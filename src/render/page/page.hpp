// SPDX-License-Identifier: MIT
// The HTML page: the verdict, why each check that does not pass does not, the matrix of all checks,
// recent changes, every unit in detail, and the page of every check. Works without a script; the
// script follows the report by long poll, filters, and adds keyboard navigation. Every text from a
// unit, a log or a spec is escaped.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// `nonce` must be unguessable, new for each response, and the one passed to page_policy().
std::string page(const Report& report, const std::string& etag, const std::string& nonce,
                 Audience audience = Audience::anyone);

// Returns the Content-Security-Policy: only the page's own style and script, nothing from other
// hosts.
std::string page_policy(const std::string& nonce);
}  // namespace checklist::render
