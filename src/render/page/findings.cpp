// SPDX-License-Identifier: MIT
#include "render/page/findings.hpp"

#include <algorithm>

#include "render/check_pages.hpp"
#include "render/page/html.hpp"

namespace checklist::render {
std::string status_html(Status status) {
  return "<span class=" + std::string(text(status)) + ">" + symbol_and_word(status) + "</span>";
}

std::string finding_html(const Finding& finding, Audience audience) {
  const std::string reason =
      finding.reason.empty() ? "" : " <small>(" + escaped(finding.reason) + ")</small>";
  return "<div class=\"finding is-" + std::string(text(finding.status)) + "\"><p>" +
         status_html(finding.status) + " <b>" + escaped(finding.subject) + "</b>" + reason +
         "</p><dl>" + entry("expected", escaped(finding.expected)) +
         entry("observed", escaped(finding.observed)) +
         entry("details", escaped(details_for(audience, finding))) +
         entry("hint", escaped_hint(finding.hint)) + "</dl></div>\n";
}

std::string since_html(const CheckResult& result) {
  return result.track.since == WallTime{} ? std::string()
                                          : "since " + time_element(result.track.since);
}

std::string acknowledgement_html(const CheckResult& result) {
  const auto& known = result.acknowledged;
  return !known ? std::string()
                : "<p class=acknowledged>acknowledged until " + time_element(known->until) +
                      " by " + escaped(known->by) + ": " + escaped(known->reason) + "</p>\n";
}

std::string runbook_link(const std::string& check) {
  const auto pages = check_pages();
  const bool exists = std::ranges::find(pages, check, &CheckPage::name) != pages.end();
  return exists ? "<a href=\"" + link_to("check-" + check) + "\">what to do</a>" : "";
}
}  // namespace checklist::render
