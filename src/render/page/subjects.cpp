// SPDX-License-Identifier: MIT
#include "render/page/subjects.hpp"

#include "render/page/html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
std::string unit_details(const ServiceReport& service) {
  const UnitSummary& unit = service.summary;
  return entry("group", escaped(service.group)) +
         entry("severity", std::string(text(service.severity))) +
         entry("enabled", service.enabled ? "" : "no: must not run") +
         entry("unit file", escaped(unit.fragment_path)) +
         entry("unit file state", escaped(unit.unit_file_state)) +
         entry("active since", unit.started ? time_element(*unit.started) : "") +
         entry("restarts", unit.restarts ? std::to_string(*unit.restarts) : "") +
         entry("last trigger", unit.last_trigger ? time_element(*unit.last_trigger) : "") +
         entry("next elapse", unit.next_elapse ? time_element(*unit.next_elapse) : "");
}

Subject host_subject(const HostReport& host) {
  return {.id = "host",
          .name = "host",
          .group = {},
          .severity = {},
          .state = std::string(text(host.state)) + ", systemd " + host.systemd_version,
          .details_html = {},
          .checks = host.checks};
}

Subject unit_subject(const ServiceReport& service) {
  const UnitSummary& unit = service.summary;
  return {.id = id_of(service),
          .name = shown_name(service),
          .group = service.group,
          .severity = std::string(text(service.severity)),
          .state = std::string(text(unit.active)) + (unit.sub.empty() ? "" : " (" + unit.sub + ")"),
          .details_html = unit_details(service),
          .checks = service.checks};
}
}  // namespace

std::vector<Subject> subjects_of(const Report& report) {
  std::vector<Subject> out;
  if (report.host && !report.host->checks.empty()) {
    out.push_back(host_subject(*report.host));
  }
  for (const auto& service : report.services) {
    out.push_back(unit_subject(*service));
  }
  return out;
}

std::string filter_attributes(const Subject& subject, Status worst) {
  return " data-row=\"" + escaped(subject.id + " " + subject.group) +
         "\" data-worst=" + std::string(text(worst));
}
}  // namespace checklist::render
