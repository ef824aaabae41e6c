// SPDX-License-Identifier: MIT
#include "render/page/matrix.hpp"

#include <algorithm>
#include <set>

#include "render/page/html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
std::string cell(const ServiceReport& service, const CheckResult& result) {
  const std::string label =
      escaped(service.unit + " " + result.check + ": " + std::string(text(result.status())));
  return "<td class=" + std::string(text(result.status())) + "><a href=\"" +
         link_to(id_of(service, result.check)) + "\" aria-label=\"" + label + "\" title=\"" +
         label + "\">" + std::string(symbol(result.status())) + "</a></td>";
}

std::string row(const ServiceReport& service, const std::set<std::string>& checks) {
  std::string out =
      "<tr data-row=\"" + escaped(id_of(service) + " " + service.group) +
      "\" data-worst=" + std::string(text(worst(service.checks))) + "><th scope=row><a href=\"" +
      link_to(id_of(service)) + "\">" + escaped(service.unit) + "</a>" +
      (service.manager == "system" ? "" : " <small>" + escaped(service.manager) + "</small>") +
      "</th>";
  for (const std::string& check : checks) {
    const auto at = std::ranges::find(service.checks, check, &CheckResult::check);
    out += at == service.checks.end() ? "<td></td>" : cell(service, *at);
  }
  return out + "</tr>\n";
}

std::string status_cell(Status status) {
  return "<td class=" + std::string(text(status)) + ">" + symbol_and_word(status) + "</td>";
}
}  // namespace

std::string matrix_html(const Report& report) {
  std::set<std::string> checks;
  std::set<std::string> groups;
  for (const auto& service : report.services) {
    groups.insert(service->group);
    std::ranges::transform(service->checks, std::inserter(checks, checks.end()),
                           &CheckResult::check);
  }
  std::string out =
      "<div class=wrap><table class=matrix aria-label=\"every check of every unit\"><thead><tr>"
      "<th scope=col>unit</th>";
  for (const std::string& check : checks) {
    out += "<th scope=col><a href=\"" + link_to("check-" + check) + "\">" + escaped(check) +
           "</a></th>";
  }
  out += "</tr></thead>\n";
  for (const std::string& group : groups) {
    out +=
        "<tbody><tr class=group><th scope=rowgroup colspan=" + std::to_string(checks.size() + 1) +
        ">" + escaped(group) + "</th></tr>\n";
    for (const auto& service : report.services) {
      out += service->group == group ? row(*service, checks) : "";
    }
    out += "</tbody>\n";
  }
  return out + "</table></div>\n";
}

std::string host_html(const Report& report) {
  if (!report.host || report.host->checks.empty()) {
    return {};
  }
  std::string out = "<h2>Host</h2><div class=wrap><table class=host><tbody>\n";
  for (const CheckResult& result : report.host->checks) {
    out += "<tr><th scope=row><a href=\"" + link_to("host/" + result.check) + "\">" +
           escaped(result.check) + "</a></th>" + status_cell(result.status()) + "<td>" +
           escaped(decisive(result)) + "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string changes_html(const Report& report) {
  if (!report.changes || report.changes->empty()) {
    return {};
  }
  std::string out =
      "<h2>Recent changes</h2><div class=wrap><table class=changes><thead><tr><th scope=col>when"
      "<th scope=col>unit<th scope=col>check<th scope=col>from<th scope=col>to<th scope=col>"
      "observed</tr></thead><tbody>\n";
  for (const Change& change : *report.changes) {
    out += "<tr><td>" + time_element(change.at) + "</td><th scope=row>" +
           escaped(change.unit.empty() ? "host" : change.unit) + "</th><td>" +
           escaped(change.check) + "</td>" + status_cell(change.from) + status_cell(change.to) +
           "<td>" + escaped(change.observed) + "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n";
}
}  // namespace checklist::render
