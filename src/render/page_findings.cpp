// SPDX-License-Identifier: MIT
#include "render/page_findings.hpp"

#include <algorithm>

#include "render/check_pages.hpp"
#include "render/html.hpp"
#include "render/markdown_html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
std::string entry(std::string_view name, const std::string& html) {
  return html.empty() ? "" : "<dt>" + std::string(name) + "</dt><dd>" + html + "</dd>";
}

std::string runbook_link(const std::string& check) {
  const auto pages = check_pages();
  const bool is_there = std::ranges::find(pages, check, &CheckPage::name) != pages.end();
  return is_there ? "<a href=\"" + link_to("check-" + check) + "\">what to do</a>" : "";
}

std::string status_html(Status status) {
  return "<span class=" + std::string(text(status)) + ">" + symbol_and_word(status) + "</span>";
}

std::string finding_html(const std::string& head, const CheckResult& result, const Finding& finding,
                         const std::string& tail, Audience audience) {
  const bool is_good = finding.status == Status::pass || finding.status == Status::skip;
  return "<div class=\"finding is-" + std::string(text(finding.status)) + "\"><p>" + head +
         status_html(finding.status) + " " + escaped(finding.subject) + tail + "</p><dl>" +
         entry("expected", escaped(finding.expected)) +
         entry("observed", escaped(finding.observed)) + entry("reason", escaped(finding.reason)) +
         entry("details", escaped(details_for(audience, finding))) +
         entry("hint", escaped_hint(finding.hint)) +
         (is_good ? "" : entry("runbook", runbook_link(result.check))) + "</dl></div>\n";
}

// A unit, or the host.
struct Subject {
  std::string id;
  std::string name;  // as people call it
  std::string group;
  std::string state;  // in some words
  std::string facts;  // entries of a description list
  const std::vector<CheckResult>& checks;
};

std::string facts_of(const ServiceReport& service) {
  const UnitSummary& unit = service.summary;
  return entry("group", escaped(service.group)) +
         entry("severity", std::string(text(service.severity))) +
         entry("enabled", service.enabled ? "" : "no: it must not run") +
         entry("unit file", escaped(unit.fragment_path)) +
         entry("unit file state", escaped(unit.unit_file_state)) +
         entry("active since", unit.started ? time_element(*unit.started) : "") +
         entry("restarts", unit.restarts ? std::to_string(*unit.restarts) : "") +
         entry("last trigger", unit.last_trigger ? time_element(*unit.last_trigger) : "") +
         entry("next elapse", unit.next_elapse ? time_element(*unit.next_elapse) : "");
}

// The host, then the units.
std::vector<Subject> subjects_of(const Report& report) {
  std::vector<Subject> out;
  if (report.host && !report.host->checks.empty()) {
    const HostReport& host = *report.host;
    out.push_back({"host",
                   "host",
                   {},
                   std::string(text(host.state)) + ", systemd " + host.systemd_version,
                   {},
                   host.checks});
  }
  for (const auto& service : report.services) {
    const UnitSummary& unit = service->summary;
    out.push_back({id_of(*service), shown_name(*service), service->group,
                   std::string(text(unit.active)) + (unit.sub.empty() ? "" : " (" + unit.sub + ")"),
                   facts_of(*service), service->checks});
  }
  return out;
}

// What the script filters by.
std::string filtered_as(const Subject& subject) {
  return " data-row=\"" + escaped(subject.id + " " + subject.group) +
         "\" data-worst=" + std::string(text(worst(subject.checks)));
}

std::string since(const CheckResult& result) {
  return result.track.since == WallTime{}
             ? std::string()
             : " <small>since " + time_element(result.track.since) + "</small>";
}

std::string known(const CheckResult& result) {
  return !result.acknowledged
             ? std::string()
             : "<p class=known>acknowledged until " + time_element(result.acknowledged->until) +
                   " by " + escaped(result.acknowledged->by) + ": " +
                   escaped(result.acknowledged->reason) + "</p>\n";
}

std::string problems_of(const Subject& subject, Status status, Audience audience) {
  std::string out;
  for (const CheckResult& result : subject.checks) {
    const std::string head = "<b><a href=\"" + link_to(subject.id + "/" + result.check) + "\">" +
                             escaped(subject.name) + " " + escaped(result.check) + "</a></b> ";
    for (const Finding& finding : result.findings) {
      out += finding.status == status
                 ? "<div" + filtered_as(subject) + ">" +
                       finding_html(head, result, finding, since(result), audience) +
                       known(result) + "</div>\n"
                 : "";
    }
  }
  return out;
}

std::string check_html(const std::string& id, const CheckResult& result, Audience audience) {
  std::string out = "<section class=check id=\"" + escaped(id + "/" + result.check) + "\"><h3>" +
                    escaped(result.check) + " " + status_html(result.status()) + since(result) +
                    "</h3>\n" + known(result);
  for (const Finding& finding : result.findings) {
    out += finding_html({}, result, finding, {}, audience);
  }
  return out + "</section>\n";
}

std::string details_of(const Subject& subject, Audience audience) {
  const Status status = worst(subject.checks);
  std::string out = "<details id=\"" + escaped(subject.id) + "\"" + filtered_as(subject) +
                    "><summary><span class=" + std::string(text(status)) +
                    " aria-label=" + std::string(text(status)) + ">" + std::string(symbol(status)) +
                    "</span><b>" + escaped(subject.name) + "</b><small>" + escaped(subject.state) +
                    "</small></summary><div><dl>" + subject.facts + "</dl>\n";
  for (const CheckResult& result : subject.checks) {
    out += check_html(subject.id, result, audience);
  }
  return out + "</div></details>\n";
}
}  // namespace

std::string problems_html(const Report& report, Audience audience) {
  std::string out;
  const auto subjects = subjects_of(report);
  for (const Status status : {Status::fail, Status::unknown}) {
    for (const Subject& subject : subjects) {
      out += problems_of(subject, status, audience);
    }
  }
  return out.empty() ? out : "<h2>What does not pass</h2>\n" + out;
}

std::string details_html(const Report& report, Audience audience) {
  std::string out = "<h2>In detail</h2>\n";
  for (const Subject& subject : subjects_of(report)) {
    out += details_of(subject, audience);
  }
  return out;
}

std::string runbooks_html() {
  std::string out = "<h2>What the checks decide</h2>\n";
  for (const CheckPage& page : check_pages()) {
    const std::string name(page.name);
    out += "<details class=runbook id=\"check-" + escaped(name) + "\"><summary><b>" +
           escaped(name) + "</b></summary><div>\n" + html_of(page.text) + "</div></details>\n";
  }
  return out;
}
}  // namespace checklist::render
