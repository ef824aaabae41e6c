// SPDX-License-Identifier: MIT
// The page of a unit, or of the host: every check with every finding.
#include <algorithm>

#include "render/page/findings.hpp"
#include "render/page/frame.hpp"
#include "render/page/html.hpp"
#include "render/page/subjects.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::string_view to_main_page = "../";

std::string state_of(const Subject& subject, const Report& report) {
  if (subject.service == nullptr) {
    return std::string(text(report.host->state)) + ", systemd " + report.host->systemd_version;
  }
  const UnitSummary& unit = subject.service->summary;
  return std::string(text(unit.active)) + (unit.sub.empty() ? "" : " (" + unit.sub + ")");
}

std::string details_html(const ServiceReport& service) {
  const UnitSummary& unit = service.summary;
  return "<dl class=unit>" + entry("group", escaped(service.group)) +
         entry("severity", std::string(text(service.severity))) +
         entry("enabled", service.enabled ? "" : "no: must not run") +
         entry("unit file", escaped(unit.fragment_path)) +
         entry("unit file state", escaped(unit.unit_file_state)) +
         entry("active since", unit.started ? time_element(*unit.started) : "") +
         entry("restarts", unit.restarts ? std::to_string(*unit.restarts) : "") +
         entry("last trigger", unit.last_trigger ? time_element(*unit.last_trigger) : "") +
         entry("next elapse", unit.next_elapse ? time_element(*unit.next_elapse) : "") + "</dl>\n";
}

template <class T>
std::vector<const T*> worst_first(const std::vector<T>& all, auto status) {
  std::vector<const T*> out;
  for (const T& each : all) {
    out.push_back(&each);
  }
  std::ranges::stable_sort(out, std::greater{}, status);
  return out;
}

// What passes is folded. The id is inside, because a browser opens what contains the target.
std::string check_html(const CheckResult& result, bool is_host, Audience audience) {
  const Status status = result.status();
  std::string out = "<details class=check data-fold=\"" + escaped(result.check) + "\"" +
                    (status > Status::pass ? " open" : "") + "><summary>" + mark_html(status) +
                    " <b>" + escaped(result.check) + "</b> <small>" +
                    (status > Status::pass ? "" : escaped(decisive(result))) +
                    "</small></summary><div id=\"" + escaped(result.check) + "\"><p>" +
                    context_html(result, is_host, to_main_page) + "</p>\n" +
                    acknowledgement_html(result);
  for (const Finding* finding : worst_first(result.findings, &Finding::status)) {
    out += finding_html(*finding, audience);
  }
  return out + "</div></details>\n";
}

std::string checks_html(const Subject& subject, Audience audience) {
  std::string out;
  for (const CheckResult* result : worst_first(subject.checks, &CheckResult::status)) {
    out += check_html(*result, subject.service == nullptr, audience);
  }
  return out;
}
}  // namespace

std::optional<std::string> unit_page(const PageSource& source, std::string_view unit,
                                     std::string_view manager) {
  const auto subject = find_subject(source.report, unit, manager);
  if (!subject) {
    return std::nullopt;
  }
  return framed(
      source, {.title = subject->name + ", " + source.about.host,
               .heading = "<p><a href=\"" + std::string(to_main_page) + "\">← " +
                          escaped(source.about.host) + "</a></p><h1>" + escaped(subject->name) +
                          " <small>" + escaped(state_of(*subject, source.report)) + "</small></h1>",
               .counts = tally(subject->checks),
               .controls = "",
               .main = checks_html(*subject, source.audience) +
                       (subject->service != nullptr ? details_html(*subject->service) : ""),
               .root = to_main_page});
}
}  // namespace checklist::render
