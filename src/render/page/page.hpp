// SPDX-License-Identifier: MIT
// The HTML pages: the host's, with the verdict, why each check that does not pass does not, the
// matrix of all checks and recent changes; one for each unit, with all its findings; and one for
// each check. They work without a script; the script follows the report by long poll, filters, and
// adds keyboard navigation. Every text from a unit, a log or a spec is escaped. All links are
// relative, so that a proxy may add a prefix.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "checklist/report.hpp"

#include "render/about.hpp"
#include "render/audience.hpp"

namespace checklist::render {
struct PageSource {
  const Report& report;
  const About& about;
  std::string etag;
  Audience audience = Audience::anyone;
};

std::string page(const PageSource& source);

// Returns the page of a unit, or of the host if `unit` is "host"; nothing if there is no such unit.
std::optional<std::string> unit_page(const PageSource& source, std::string_view unit,
                                     std::string_view manager);

// Returns the page of a check, docs/checks/NAME.md; nothing if there is no such check.
std::optional<std::string> check_page(std::string_view check, const About& about);

// What the pages load besides, by relative links.
struct Asset {
  std::string_view path;
  std::string_view content_type;
  std::string_view text;
};

std::span<const Asset> page_assets();

// The Content-Security-Policy: only those and the icon, nothing in the page and from other hosts.
constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}  // namespace checklist::render
