// SPDX-License-Identifier: MIT
#include "render/page/tables.hpp"

#include <algorithm>
#include <span>

#include "render/page/findings.hpp"
#include "render/page/html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t newest = 10;

std::string status_cell(Status status) {
  return "<td class=" + std::string(text(status)) + ">" + symbol_and_word(status) + "</td>";
}

std::string changes_table(std::span<const Change> changes) {
  std::string out =
      "<table class=changes><thead><tr><th scope=col>when<th scope=col>unit<th scope=col>check"
      "<th scope=col>from<th scope=col>to<th scope=col>observed</tr></thead><tbody>\n";
  for (const Change& change : changes) {
    out += "<tr><td>" + time_element(change.at) + "</td><th scope=row>" +
           escaped(change.unit.empty() ? "host" : change.unit) + "</th><td>" +
           escaped(change.check) + "</td>" + status_cell(change.from) + status_cell(change.to) +
           "<td>" + escaped(change.observed) + "</td></tr>\n";
  }
  return out + "</tbody></table>";
}
}  // namespace

std::string host_html(const Report& report) {
  if (!report.host || report.host->checks.empty()) {
    return {};
  }
  std::string out = "<h2>Host</h2><div class=wrap><table class=host><tbody>\n";
  for (const CheckResult& result : report.host->checks) {
    out += "<tr><th scope=row><a href=\"unit/host#" + escaped(result.check) + "\">" +
           escaped(result.check) + "</a></th>" + status_cell(result.status()) + "<td>" +
           escaped(decisive(result)) + "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string changes_html(const Report& report) {
  if (!report.changes || report.changes->empty()) {
    return {};
  }
  const std::span<const Change> all = *report.changes;
  const auto shown = all.first(std::min(all.size(), newest));
  const auto folded = all.subspan(shown.size());
  return "<h2>Recent changes</h2><div class=wrap>" + changes_table(shown) +
         (folded.empty() ? ""
                         : "<details data-fold=changes><summary>" + std::to_string(folded.size()) +
                               " earlier</summary>" + changes_table(folded) + "</details>") +
         "</div>\n";
}
}  // namespace checklist::render
