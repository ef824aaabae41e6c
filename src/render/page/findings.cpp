// SPDX-License-Identifier: MIT
#include "render/page/findings.hpp"

#include <algorithm>

#include "render/check_pages.hpp"
#include "render/page/html.hpp"

namespace checklist::render {
std::string mark_html(Status status) {
  const std::string word(text(status));
  return "<span class=" + word + " role=img aria-label=" + word + ">" +
         std::string(symbol(status)) + "</span>";
}

std::string status_html(Status status) {
  return "<span class=" + std::string(text(status)) + ">" + symbol_and_word(status) + "</span>";
}

std::string finding_html(const Finding& finding, Audience audience) {
  const std::string reason =
      finding.reason.empty() ? "" : " <small>(" + escaped(finding.reason) + ")</small>";
  return "<div class=\"finding is-" + std::string(text(finding.status)) + "\"><p>" +
         mark_html(finding.status) + " <b>" + escaped(finding.subject) + "</b>" + reason +
         "</p><dl>" + entry("expected", escaped(finding.expected)) +
         entry("observed", escaped(finding.observed)) +
         entry("details", escaped(details_for(audience, finding))) +
         entry("hint", escaped_hint(finding.hint)) + "</dl></div>\n";
}

std::string since_html(const CheckResult& result) {
  return result.track.since == WallTime{}
             ? std::string()
             : "<span class=since>since " + time_element(result.track.since) + "</span>";
}

std::string acknowledgement_html(const CheckResult& result) {
  const auto& known = result.acknowledged;
  return !known ? std::string()
                : "<p class=acknowledged>acknowledged until " + time_element(known->until) +
                      " by " + escaped(known->by) + ": " + escaped(known->reason) + "</p>\n";
}

std::string page_link(const std::string& check, const std::string& words, std::string_view root) {
  const auto pages = check_pages();
  const bool exists = std::ranges::find(pages, check, &CheckPage::name) != pages.end();
  return exists ? "<a href=\"" + std::string(root) + "explain/" + escaped(check) + "\">" +
                      escaped(words) + "</a>"
                : "";
}

std::string context_html(const CheckResult& result, bool is_host, std::string_view root) {
  std::string out;
  const std::string severity = is_host ? "" : std::string(text(result.severity));
  for (const std::string& part :
       {since_html(result), severity, page_link(result.check, "what to do", root)}) {
    out += (out.empty() || part.empty() ? "" : " · ") + part;
  }
  return out;
}
}  // namespace checklist::render
