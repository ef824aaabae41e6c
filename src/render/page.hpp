// SPDX-License-Identifier: MIT
// The page: the matrix, what does not pass and why, every unit in detail, recent changes, and what
// each check decides. Plain HTML that works without a script; the script follows the report by long
// poll, filters, and walks by keys. Everything that comes from a unit is escaped.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "render/audience.hpp"

namespace checklist::render {
// `nonce`: a word nobody can guess, another for each answer; the same as in its policy.
std::string page(const Report& report, const std::string& etag, const std::string& nonce,
                 Audience audience = Audience::anyone);

// The Content-Security-Policy: nothing from elsewhere, only its own style and script.
std::string page_policy(const std::string& nonce);
}  // namespace checklist::render
